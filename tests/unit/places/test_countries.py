"""Texts that name one country, several, or none."""

import gettext
import subprocess
import sys

import pycountry
import pytest

from compliance import places
from compliance.places import CountryReading, embedded

# code, then the name in English, French, Chinese, Russian, Arabic
NAMES = """
AE|United Arab Emirates|Émirats arabes unis|阿联酋|Объединённые Арабские Эмираты|الإمارات العربية المتحدة
AF|Afghanistan|Afghanistan|阿富汗|Афганистан|أفغانستان
AM|Armenia|Arménie|亚美尼亚|Армения|أرمينيا
AT|Austria|Autriche|奥地利|Австрия|النمسا
AU|Australia|Australie|澳大利亚|Австралия|أستراليا
AZ|Azerbaijan|Azerbaïdjan|阿塞拜疆|Азербайджан|أذربيجان
BE|Belgium|Belgique|比利时|Бельгия|بلجيكا
BG|Bulgaria|Bulgarie|保加利亚|Болгария|بلغاريا
BH|Bahrain|Bahreïn|巴林|Бахрейн|البحرين
BY|Belarus|Biélorussie|白俄罗斯|Беларусь|بيلاروسيا
CD|DR Congo|République démocratique du Congo|刚果民主共和国|Демократическая Республика Конго|جمهورية الكونغو الديمقراطية
CF|Central African Republic|République centrafricaine|中非共和国|Центральноафриканская Республика|جمهورية أفريقيا الوسطى
CN|China|Chine|中国|Китай|الصين
CU|Cuba|Cuba|古巴|Куба|كوبا
CY|Cyprus|Chypre|塞浦路斯|Кипр|قبرص
CZ|Czechia|Tchéquie|捷克|Чехия|التشيك
DE|Germany|Allemagne|德国|Германия|ألمانيا
DK|Denmark|Danemark|丹麦|Дания|الدنمارك
EE|Estonia|Estonie|爱沙尼亚|Эстония|إستونيا
EG|Egypt|Égypte|埃及|Египет|مصر
ER|Eritrea|Érythrée|厄立特里亚|Эритрея|إريتريا
ES|Spain|Espagne|西班牙|Испания|إسبانيا
ET|Ethiopia|Éthiopie|埃塞俄比亚|Эфиопия|إثيوبيا
FI|Finland|Finlande|芬兰|Финляндия|فنلندا
FR|France|France|法国|Франция|فرنسا
GB|United Kingdom|Royaume-Uni|英国|Великобритания|المملكة المتحدة
GE|Georgia|Géorgie|格鲁吉亚|Грузия|جورجيا
GR|Greece|Grèce|希腊|Греция|اليونان
HK|Hong Kong|Hong-Kong|香港|Гонконг|هونغ كونغ
HR|Croatia|Croatie|克罗地亚|Хорватия|كرواتيا
HT|Haiti|Haïti|海地|Гаити|هايتي
HU|Hungary|Hongrie|匈牙利|Венгрия|المجر
IE|Ireland|Irlande|爱尔兰|Ирландия|أيرلندا
IL|Israel|Israël|以色列|Израиль|إسرائيل
IQ|Iraq|Irak|伊拉克|Ирак|العراق
IR|Iran|Iran|伊朗|Иран|إيران
IT|Italy|Italie|意大利|Италия|إيطاليا
JO|Jordan|Jordanie|约旦|Иордания|الأردن
JP|Japan|Japon|日本|Япония|اليابان
KG|Kyrgyzstan|Kirghizistan|吉尔吉斯斯坦|Киргизия|قيرغيزستان
KH|Cambodia|Cambodge|柬埔寨|Камбоджа|كمبوديا
KP|North Korea|Corée du Nord|朝鲜|Северная Корея|كوريا الشمالية
KR|South Korea|Corée du Sud|韩国|Южная Корея|كوريا الجنوبية
KW|Kuwait|Koweït|科威特|Кувейт|الكويت
KZ|Kazakhstan|Kazakhstan|哈萨克斯坦|Казахстан|كازاخستان
LA|Laos|Laos|老挝|Лаос|لاوس
LB|Lebanon|Liban|黎巴嫩|Ливан|لبنان
LT|Lithuania|Lituanie|立陶宛|Литва|ليتوانيا
LU|Luxembourg|Luxembourg|卢森堡|Люксембург|لوكسمبورغ
LV|Latvia|Lettonie|拉脱维亚|Латвия|لاتفيا
LY|Libya|Libye|利比亚|Ливия|ليبيا
MD|Moldova|Moldavie|摩尔多瓦|Молдавия|مولدوفا
MM|Myanmar|Birmanie|缅甸|Мьянма|ميانمار
MN|Mongolia|Mongolie|蒙古|Монголия|منغوليا
MO|Macau|Macao|澳门|Макао|ماكاو
MT|Malta|Malte|马耳他|Мальта|مالطا
NI|Nicaragua|Nicaragua|尼加拉瓜|Никарагуа|نيكاراغوا
NL|Netherlands|Pays-Bas|荷兰|Нидерланды|هولندا
OM|Oman|Oman|阿曼|Оман|عمان
PK|Pakistan|Pakistan|巴基斯坦|Пакистан|باكستان
PL|Poland|Pologne|波兰|Польша|بولندا
PT|Portugal|Portugal|葡萄牙|Португалия|البرتغال
QA|Qatar|Qatar|卡塔尔|Катар|قطر
RO|Romania|Roumanie|罗马尼亚|Румыния|رومانيا
RU|Russia|Russie|俄罗斯|Россия|روسيا
SA|Saudi Arabia|Arabie saoudite|沙特阿拉伯|Саудовская Аравия|السعودية
SD|Sudan|Soudan|苏丹|Судан|السودان
SE|Sweden|Suède|瑞典|Швеция|السويد
SG|Singapore|Singapour|新加坡|Сингапур|سنغافورة
SI|Slovenia|Slovénie|斯洛文尼亚|Словения|سلوفينيا
SK|Slovakia|Slovaquie|斯洛伐克|Словакия|سلوفاكيا
SO|Somalia|Somalie|索马里|Сомали|الصومال
SS|South Sudan|Soudan du Sud|南苏丹|Южный Судан|جنوب السودان
SY|Syria|Syrie|叙利亚|Сирия|سوريا
TJ|Tajikistan|Tadjikistan|塔吉克斯坦|Таджикистан|طاجيكستان
TM|Turkmenistan|Turkménistan|土库曼斯坦|Туркменистан|تركمانستان
TW|Taiwan|Taïwan|台湾|Тайвань|تايوان
UA|Ukraine|Ukraine|乌克兰|Украина|أوكرانيا
US|United States|États-Unis|美国|США|الولايات المتحدة
UZ|Uzbekistan|Ouzbékistan|乌兹别克斯坦|Узбекистан|أوزبكستان
VE|Venezuela|Venezuela|委内瑞拉|Венесуэла|فنزويلا
VN|Vietnam|Viêt Nam|越南|Вьетнам|فيتنام
YE|Yemen|Yémen|也门|Йемен|اليمن
ZW|Zimbabwe|Zimbabwe|津巴布韦|Зимбабве|زيمبابوي
"""  # noqa: E501 - names are as long as they are
ROWS = [line.split("|") for line in NAMES.strip().splitlines()]


@pytest.mark.parametrize(("code", "names"), [(row[0], row[1:]) for row in ROWS])
def test_a_country_is_read_in_english_french_chinese_russian_and_arabic(
    code: str, names: list[str]
) -> None:
    assert {name: places.country(name) for name in names} == dict.fromkeys(names, code)
    assert embedded().name(code) == names[0]


def test_every_member_of_a_restricted_group_is_among_those_names() -> None:
    day = embedded().change_dates()[-1]
    restricted = frozenset[str]().union(
        *(embedded().members(name, day).possible for name in ("D:1", "D:4", "D:5", "E:1", "E:2"))
    )
    assert restricted - {row[0] for row in ROWS} == frozenset()
    assert embedded().members("EU", day).certain - {row[0] for row in ROWS} == frozenset()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("South Korea", "KR"),
        ("Republic of Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("Korea (Republic of)", "KR"),
        ("Netherlands (Kingdom of the)", "NL"),
        ("Netherlands, Kingdom of the", "NL"),
        ("ua-cri", "UA"),
        ("x-so", "GE"),
        ("ROK", "KR"),
        ("North Korea", "KP"),
        ("DPRK", "KP"),
        ("D.P.R.K.", "KP"),
        ("Democratic People's Republic of Korea", "KP"),
        ("Korea, Democratic People’s Republic of", "KP"),
        ("Ivory Coast", "CI"),
        ("Côte d'Ivoire", "CI"),
        ("England", "GB"),
        ("Scotland", "GB"),
        ("Wales", "GB"),
        ("Northern Ireland", "GB"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("Great Britain", "GB"),
        ("Laos", "LA"),
        ("Lao PDR", "LA"),
        ("PRC", "CN"),
        ("P.R.C.", "CN"),
        ("PR China", "CN"),
        ("P.R. China", "CN"),
        ("P.R.China", "CN"),
        ("P. R. China", "CN"),
        ("People's Republic of China", "CN"),
        ("Mainland China", "CN"),
        ("China (mainland)", "CN"),
        ("中华人民共和国", "CN"),
        ("中華人民共和國", "CN"),
        ("Hong Kong SAR", "HK"),
        ("Hong Kong, China", "HK"),
        ("China, Hong Kong SAR", "HK"),
        ("CN-HK", "HK"),
        ("Macau", "MO"),
        ("Macao", "MO"),
        ("Macao SAR, China", "MO"),
        ("CN-MO", "MO"),
        ("Taiwan", "TW"),
        ("Taiwan, Province of China", "TW"),
        ("Taiwan (R.O.C.)", "TW"),
        ("Republic of China", "TW"),
        ("Chinese Taipei", "TW"),
        ("臺灣", "TW"),
        ("中華民國", "TW"),
        ("CN-TW", "TW"),
        ("Kosovo", "XK"),
        ("XK", "XK"),
        ("Russia", "RU"),
        ("Russian Federation", "RU"),
        ("РФ", "RU"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("U. S. A.", "US"),
        ("U.S.", "US"),
        ("United States of America", "US"),
        ("the United States", "US"),
        ("UAE", "AE"),
        ("U.A.E.", "AE"),
        ("Dubai, UAE", "AE"),
        ("Iran", "IR"),
        ("Iran, Islamic Republic of", "IR"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Syria", "SY"),
        ("Syrian Arab Republic", "SY"),
        ("Vietnam", "VN"),
        ("Viet Nam", "VN"),
        ("Việt Nam", "VN"),
        ("Burma", "MM"),
        ("Czech Republic", "CZ"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("TÜRKİYE", "TR"),
        ("Holland", "NL"),
        ("The Netherlands", "NL"),
        ("DR Congo", "CD"),
        ("D.R. Congo", "CD"),
        ("DRC", "CD"),
        ("Congo, The Democratic Republic of the", "CD"),
        ("Republic of the Congo", "CG"),
        ("Congo-Brazzaville", "CG"),
        ("Guinea", "GN"),
        ("Guinea-Bissau", "GW"),
        ("Equatorial Guinea", "GQ"),
        ("Papua New Guinea", "PG"),
        ("Dominica", "DM"),
        ("Dominican Republic", "DO"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Sudan", "SD"),
        ("Georgia", "GE"),
        ("EL", "GR"),
        ("Deutschland", "DE"),
        ("대한민국", "KR"),
    ],
)
def test_reviewed_spellings_name_their_country(text: str, code: str) -> None:
    assert places.country(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KR", "KR"),
        ("kr", "KR"),
        (" No ", "NO"),
        ("DEU", "DE"),
        ("deu", "DE"),
        ("ROMANIA", "RO"),
        ("The Gambia", "GM"),
        ("ＣＮ", "CN"),
    ],
)
def test_codes_are_read_in_any_case_and_width(text: str, code: str) -> None:
    assert places.country(text) == code


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Korea", ("North Korea", "South Korea")),
        ("Corée", ("North Korea", "South Korea")),
        ("Корея", ("North Korea", "South Korea")),
        ("كوريا", ("North Korea", "South Korea")),
        ("Congo", ("DR Congo", "Republic of the Congo")),
        ("The Congo", ("DR Congo", "Republic of the Congo")),
        ("刚果", ("DR Congo", "Republic of the Congo")),
        ("Конго", ("DR Congo", "Republic of the Congo")),
        ("الكونغو", ("DR Congo", "Republic of the Congo")),
        ("Dominican", ("Dominica", "Dominican Republic")),
        ("Virgin Islands", ("British Virgin Islands", "US Virgin Islands")),
    ],
)
def test_a_text_that_names_two_countries_is_unknown_with_both(
    text: str, near: tuple[str, ...]
) -> None:
    note = f"names more than one country: {', '.join(near)}"
    assert embedded().read(text) == CountryReading(text, None, None, near, note)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("North Corea", ("North Korea",)),
        ("Untied Staets", ("United States",)),
        ("Rusia", ("Russia",)),
        ("Holand", ("Netherlands", "Poland")),
        ("Singapour Republic", ("Singapore",)),
        ("Chinaa", ("China",)),
        ("Brisbane", ()),
        ("Atlantis", ()),
        ("XX", ()),
        ("QZ", ()),
        ("CHNN", ()),
        ("42", ()),
    ],
)
def test_a_misspelling_is_unknown_with_near_names_and_never_a_guess(
    text: str, near: tuple[str, ...]
) -> None:
    reading = embedded().read(text)
    assert reading.code is None
    assert reading.near == near
    assert reading.note == "not the name or code of a country"


@pytest.mark.parametrize("text", ["ß", "C.N", "D.E.", "C N"])
def test_a_text_that_only_resembles_a_code_is_not_one(text: str) -> None:
    assert places.country(text) is None


@pytest.mark.parametrize("text", ["", "  ", "-", "?!", "the", "\u200b"])
def test_a_text_without_letters_gives_no_country(text: str) -> None:
    assert embedded().read(text) == CountryReading(text, None, note="no country is given")


def test_a_text_too_long_for_a_name_is_not_looked_at() -> None:
    text = "China " * 40
    assert embedded().read(text) == CountryReading(text, None, note="longer than 200 characters")


@pytest.mark.parametrize("text", ["Atlanta, Georgia", "Moscow, Russia", "China and Russia", "EU"])
def test_an_address_or_a_list_is_not_a_country(text: str) -> None:
    assert places.country(text) is None


def test_a_known_country_carries_no_note() -> None:
    assert embedded().read("South Korea") == CountryReading("South Korea", "KR")


def test_macau_and_taiwan_are_never_china() -> None:
    assert {places.country(text) for text in ("MO", "Macau", "澳门", "CN-MO")} == {"MO"}
    assert {places.country(text) for text in ("TW", "Taiwan, China", "中国台湾", "CN-TW")} == {"TW"}


def test_a_subdivision_code_given_as_country_is_its_country_and_region() -> None:
    assert embedded().read("cn-bj") == CountryReading(
        "cn-bj", "CN", "CN-BJ", (), "Beijing Shi is part of China"
    )
    assert embedded().read("CN-ZZ").code is None


def test_every_iso_code_and_name_is_read_as_that_country() -> None:
    several = {"Congo"}  # ISO's short name of CG; people write it for CD too
    wrong = {
        (text, country.alpha_2, places.country(text))
        for country in pycountry.countries
        for key in ("alpha_2", "alpha_3", "name", "official_name", "common_name")
        if (text := getattr(country, key, None)) and text not in several
        if places.country(text) != country.alpha_2
    }
    assert wrong == set()


@pytest.mark.parametrize("language", ["fr", "zh_CN", "zh_TW", "ru", "ar", "uk", "de", "es"])
def test_no_name_in_another_catalogue_of_names_is_read_as_another_country(language: str) -> None:
    catalogue = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language])
    read = {
        (country.alpha_2, places.country(catalogue.gettext(name)))
        for country in pycountry.countries
        for key in ("name", "official_name", "common_name")
        if (name := getattr(country, key, None))
    }
    assert {(code, found) for code, found in read if found not in (None, code)} == set()
    assert len({code for code, found in read if found == code}) > 25


def test_the_reviewed_table_agrees_with_iso() -> None:
    embedded().check()


def test_every_country_has_a_name_that_reads_back() -> None:
    codes = [country.alpha_2 for country in pycountry.countries] + ["XK"]
    assert [places.country(embedded().name(code)) for code in codes] == codes


def test_codes_and_reviewed_names_never_import_pycountry() -> None:
    program = (
        "import sys; from datetime import date; "
        "from compliance.places import AddressTexts as A, embedded; "
        "g = embedded(); g.read('CN'); g.read('South Korea'); g.read('Crimea'); "
        "g.region(A('UA', 'UA-43')); g.region(A('UA', 'Crimea', 'Yalta')); g.name('CN'); "
        "g.in_group('CN', 'D:5', as_of=date(2024, 1, 1)); "
        "print('pycountry' in sys.modules); g.read('Atlantis'); print('pycountry' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]
