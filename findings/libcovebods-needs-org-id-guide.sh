#!/usr/bin/env bash
# libcovebods: its review of a file of BODS 0.4 fetches a list of registers from org-id.guide before it reads the file.
# The other two checks of the same program work without a network, so most would guess that this one does too. Behind
# a firewall, or in a build without network, it ends in a traceback and has checked nothing. The statement is made up.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check libcovebods==0.16.0 2>/dev/null
echo "package: libcovebods $("$folder/env/bin/pip" show libcovebods 2>/dev/null | sed -n 's/^Version: //p')"
echo "guess:   a local file is reviewed without the network, as it is validated without it"
cat > "$folder/statements.json" <<'JSON'
[{"statementId": "11111111-1111-4111-8111-111111111111", "declarationSubject": "velk", "statementDate": "2026-01-01",
  "recordId": "velk", "recordStatus": "new", "recordType": "entity",
  "publicationDetails": {"publicationDate": "2026-01-01", "bodsVersion": "0.4", "publisher": {"name": "Velk"}},
  "recordDetails": {"isComponent": false, "entityType": {"type": "registeredEntity"}, "name": "Velk Works",
                    "jurisdiction": {"name": "Norway", "code": "NO"}}}]
JSON
export http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 no_proxy=
valid=$("$folder/env/bin/libcovebods" jsonschemavalidate "$folder/statements.json" | tr -d ' \n')
echo "seen:    jsonschemavalidate without network: errors $valid"
if "$folder/env/bin/libcovebods" pythonvalidate "$folder/statements.json" > "$folder/out" 2> "$folder/err"; then
  echo "the behaviour has changed: pythonvalidate works without network"; exit 1
fi
reason=$(grep -o "host='org-id.guide'\|127.0.0.1.*org-id.guide\|org-id.guide" "$folder/err" | head -1)
echo "seen:    pythonvalidate without network: fails asking ${reason:-?}, output of $(wc -c < "$folder/out") bytes"
[[ "$valid" == "[]" && -n "$reason" && ! -s "$folder/out" ]] || { echo "the behaviour has changed"; exit 1; }
