"""The gazetteer proposes; it never guesses one of two places, and the register's keys hold."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from b40cli.store import gazetteer

REGISTRY = Path(__file__).parents[2] / "registry"
REGION = {"AL", "BA", "BG", "HR", "GR", "XK", "ME", "MK", "RO", "RS", "SI", "TR"}


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Nikšić", "niksic"),
        ("  Stara   ZAGORA ", "stara zagora"),
        ("Cluj-Napoca", "cluj napoca"),
        ("İzmir", "izmir"),
        ("IZMIR", "izmir"),
        ("Kırklareli", "kirklareli"),
        ("DİYARBAKIR", "diyarbakir"),
        ("Đakovica", "dakovica"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Durre\u0308s", "durres"),
        ("Пловдив", "plovdiv"),
        ("Йамбол", "yambol"),
        ("Скопје", "skopje"),
        ("Λευκάδα", "lefkada"),
        ("ΠΑΤΡΑ", "patra"),
        ("", ""),
        ("’-", ""),
    ],
)
def test_two_spellings_of_a_name_fold_alike(name: str, folded: str) -> None:
    assert gazetteer.fold(name) == folded
    assert gazetteer.fold(folded) == folded


@pytest.mark.parametrize(
    ("name", "country", "geonameid"),
    [
        ("Patras", "GR", 255683),
        ("Pátra", "GR", 255683),
        ("Αθήνα", "GR", 264371),
        ("Thessaloniki", "GR", 734077),
        ("Θεσσαλονίκη", "GR", 734077),
        ("Veliko Tarnovo", "BG", 725993),
        ("Veliko Turnovo", "BG", 725993),
        ("Велико Търново", "BG", 725993),
        ("Кърджали", "BG", 729794),
        ("İstanbul", "TR", 745044),
        ("istanbul", "TR", 745044),
        ("Izmir", "TR", 311046),
        ("Prishtinë", "XK", 786714),
        ("Tiranë", "AL", 3183875),
        ("Novo mesto", "SI", 3194351),
        ("Wien", "AT", 2761369),
    ],
)
def test_a_name_in_use_finds_its_place(name: str, country: str, geonameid: int) -> None:
    assert [p.id for p in gazetteer.find(name, country)] == [geonameid]


@pytest.mark.parametrize(
    ("spellings", "country", "geonameid", "standard"),
    [
        ("Tirana Tiranë Tirane Τίρανα Тирана Tiran", "AL", 3183875, "Tirana"),
        ("Sarajevo Сарајево Сараево Saraybosna Sarajevë Σαράγεβο", "BA", 3191281, "Sarajevo"),
        ("Sofia Sofiya София Sofya СОФИЯ Szófia", "BG", 727011, "Sofia"),
        ("Zagreb Загреб ZAGREB Zagrebi Ζάγκρεμπ Agram", "HR", 3186886, "Zagreb"),
        ("Athens Athina Αθήνα ΑΘΗΝΑ Atina Athinë Atene", "GR", 264371, "Athens"),
        ("Pristina Prishtina Prishtinë Priština Приштина", "XK", 786714, "Pristina"),
        ("Podgorica Подгорица Podgoricë Ποντγκόριτσα Titograd", "ME", 3193044, "Podgorica"),
        ("Skopje Скопје Скопие Shkup Skoplje Σκόπια Üsküp", "MK", 785842, "Skopje"),
        (
            "Bucharest București Bucureşti Bukarest Bukurešt Букурещ Βουκουρέστι",
            "RO",
            683506,
            "Bucharest",
        ),
        ("Belgrade Beograd Београд beograd Белград Beogradi Βελιγράδι", "RS", 792680, "Belgrade"),
        ("Ljubljana Љубљана Любляна Lublanë Λιουμπλιάνα", "SI", 3196359, "Ljubljana"),
        ("Ankara Анкара Άγκυρα", "TR", 323786, "Ankara"),
        ("Niš Nis Ниш", "RS", 787657, "Niš"),
        ("Nikšić Никшић", "ME", 3194494, "Nikšić"),
        ("Korçë Korça", "AL", 782756, "Korçë"),
        ("Gjakovë Gjakova Đakovica Ђаковица", "XK", 791646, "Gjakovë"),
    ],
)
def test_every_spelling_of_a_place_is_that_place(
    spellings: str, country: str, geonameid: int, standard: str
) -> None:
    for spelling in spellings.split():
        found = gazetteer.find(spelling, country)
        assert [(p.id, gazetteer.standard(p)) for p in found] == [(geonameid, standard)], spelling


def test_an_older_romanisation_is_not_the_standard_name() -> None:
    assert gazetteer.standard(gazetteer.find("Veliko Turnovo", "BG")[0]) == "Veliko Tarnovo"


def test_a_name_of_several_places_gives_all_largest_first() -> None:
    assert [(p.country, p.population) for p in gazetteer.find("Prilep")] == [
        ("MK", 73814),
        ("XK", 2500),
    ]
    assert [p.country for p in gazetteer.find("Tuzla")] == ["BA", "RO"]
    assert [p.country for p in gazetteer.find("Prilep", "XK")] == ["XK"]


def test_a_place_elsewhere_is_not_found_in_the_country_asked() -> None:
    assert gazetteer.find("Belene", "BA") == []
    assert [p.country for p in gazetteer.find("Belene")] == ["BG"]
    assert gazetteer.find("") == []


def test_suggestions_are_like_and_of_the_country() -> None:
    assert gazetteer.near("Plovdif")[0].name == "Plovdiv"
    assert gazetteer.near("Cluj", "RO")[0].name == "Cluj-Napoca"
    assert gazetteer.near("Patrass", "GR")[0].name == "Pátra"
    assert {p.country for p in gazetteer.near("Prilepp", "XK")} == {"XK"}
    assert [p.country for p in gazetteer.near("Plovdiv", "RO")[:1]] == ["RO"]
    assert [p.country for p in gazetteer.near("Prilep")[:1]] == ["MK"]
    assert len(gazetteer.near("Novo")) == 5
    assert gazetteer.near("xqzw") == []


def test_a_geonameid_is_the_key() -> None:
    vienna = gazetteer.place_of(2761369)
    assert vienna == gazetteer.PopulatedPlace(2761369, "Vienna", "AT", 1691468, True)
    assert gazetteer.place_of(1) is None


def test_the_observers_threshold_is_in_the_data_and_its_neighbours_too() -> None:
    assert [p.population for p in gazetteer.find("Talatona", "AO")] == [500000]
    assert [p.population for p in gazetteer.find("Homyel", "BY")] == [501193]
    assert gazetteer.find("Bratislava") == []


def test_every_country_of_the_region_has_one_capital() -> None:
    capitals = [p.country for p in gazetteer._by_id().values() if p.capital and p.country in REGION]
    assert sorted(capitals) == sorted(REGION)


def test_every_exonym_leads_to_a_place_stored_under_another_name() -> None:
    by_name = gazetteer._by_name()
    for exonym, stored in gazetteer._EXONYMS.items():
        assert stored in by_name, exonym
        of_another = {place.country for place in by_name.get(exonym, ())}
        assert not of_another & {place.country for place in by_name[stored]}, exonym
        assert gazetteer.fold(exonym) == exonym


def test_the_data_carries_its_attribution() -> None:
    folder = Path(gazetteer.__file__).parent
    first = (folder / "gazetteer.csv").read_text(encoding="utf-8").splitlines()[0]
    licence = (folder / "gazetteer.LICENSE.txt").read_text(encoding="utf-8")
    assert first == f"# {gazetteer.ATTRIBUTION}"
    assert gazetteer.ATTRIBUTION in licence


def test_importing_reads_no_file_and_no_csv() -> None:
    asked = (
        "import sys; from b40cli.store import gazetteer as g;"
        "print('csv' in sys.modules, 'difflib' in sys.modules, g._by_id.cache_info().currsize)"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "False", "0"]


@pytest.mark.parametrize(
    "path", sorted((REGISTRY / "members").glob("*.yaml")), ids=lambda p: p.stem
)
def test_the_registers_key_names_the_members_place(path: Path) -> None:
    record = path.read_text(encoding="utf-8")
    name = re.findall(r'(?m)^name: "?(.*?)"?$', record)[0]
    place = gazetteer.place_of(int(re.findall(r"(?m)^gazetteer: (\d+)$", record)[0]))
    assert place in gazetteer.find(name, path.stem[:2].upper())
    assert place is not None
    assert f"population: {{count: {place.population}, source: gazetteer}}" in record
