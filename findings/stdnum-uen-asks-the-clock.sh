#!/usr/bin/env bash
# python-stdnum: whether a Singapore number (UEN) is valid depends on the day on which it is asked.
# Check digits are arithmetic, so most would guess that the answer never changes. A record that says "valid" or
# "invalid" of a customer's number can then not be derived again years later. The number below is made up.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check python-stdnum==2.1 2>/dev/null
echo "package: python-stdnum $("$folder/env/bin/pip" show python-stdnum 2>/dev/null | sed -n 's/^Version: //p')"
echo "guess:   is_valid(number) is a function of the number"
cat > "$folder/ask.py" <<'PY'
import datetime
from stdnum.sg import uen

digits = "209900001"
number = digits + uen.calc_local_company_check_digit(digits + "X")


def asked_in(year):
    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(year, 6, 1)

    uen.datetime = Clock
    return uen.is_valid(number)


print(f"{number}: asked in 2026 {asked_in(2026)}, asked in 2100 {asked_in(2100)}")
PY
seen=$("$folder/env/bin/python" "$folder/ask.py")
echo "seen:    $seen"
[[ "$seen" == "209900001"*": asked in 2026 False, asked in 2100 True" ]] || { echo "the behaviour has changed"; exit 1; }
