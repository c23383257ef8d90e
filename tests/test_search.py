"""The index of the search: its answers equal a plain scan of what was put in."""

import pickle
import re
import sys
import tempfile
import unicodedata
from array import array
from collections.abc import Generator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import pytest
from gongkai.html.artifacts import Sort
from gongkai.html.site import Site
from gongkai.publishing.search import characters, lanes, numbers
from gongkai.publishing.search.catalogue import in_order
from gongkai.publishing.search.entries import entries
from gongkai.publishing.search.files import File, about, artifacts, files, texts_of
from gongkai.publishing.search.lists import Sizes
from gongkai.publishing.writing import write
from hypothesis import given, settings
from hypothesis import strategies as st
from index_reader import Reader
from portal_data import DATA
from scan import Scan, chance, plain, substrings
from small_portal import AGENCY, REPORT, TESTS, good, portal_with
from small_site import SMALL_SITE, site_of, with_texts

LETTERS = "公开a1，“\u3000 (〔\uff21\n\U00020000"
TEXT = st.text(LETTERS, min_size=0, max_size=30)
SIZES = Sizes()


def index(site: Site, sizes: Sizes = SIZES) -> Generator[File]:
    return files(about(site), texts_of(site), sizes)


SMALL_READER = Reader(index(SMALL_SITE))


def found(reader: Reader, site: Site, query: str) -> set[int]:
    ordered = in_order(site.portal.dataset.reports)
    return {ordered[number].year - 2021 for number in reader.reports(query)}


@settings(deadline=None, max_examples=150)
@given(st.lists(TEXT, min_size=1, max_size=5), st.lists(TEXT, max_size=5), st.integers(1, 6))
def test_the_index_answers_as_a_scan_of_every_paragraph_does(
    texts: list[str], queries: list[str], common: int
) -> None:
    site = with_texts(texts)
    reader = Reader(index(site, Sizes(common)))
    inner = [text[start : start + 4] for text in texts for start in range(len(text))]
    for query in {*queries, *inner}:
        term = characters.normalised(query)
        if not term:
            continue
        expected = {
            at
            for at, text in enumerate(texts)
            for line in text.splitlines()
            if term in characters.normalised(line.strip())
        }
        assert found(reader, site, query) == expected


@pytest.mark.parametrize("length", range(61, 68))
def test_no_match_reaches_from_one_report_to_the_next(length: int) -> None:
    site = with_texts(["甲" * length + "乙", "丙丁"])
    reader = Reader(index(site))
    assert (found(reader, site, "甲乙"), found(reader, site, "丙丁")) == ({0}, {1})
    assert found(reader, site, "乙丙") == found(reader, site, "丁甲") == set()


def test_an_explanation_is_searched_once_however_much_it_explains(tmp_path: Path) -> None:
    text = (TESTS / "checks/answered.yaml").read_text("utf-8").replace("[1, 0, 2]", "[1, 0, 1]")
    site = site_of(portal_with(tmp_path, {REPORT: text.encode()}))
    (report,) = site.portal.dataset.reports
    own = site.portal.findings.of(report.key)
    assert len([item for item in own if item.answer]) > 1
    said = [item for item in entries(site, report) if "原件如此，已核对。" in item.pieces]
    assert [(item.kind.section, item.fragment) for item in said] == [
        ("requests", "requests.received.total")
    ]


CHANNELS = """主动公开渠道:
  合计: 18
  明细:
    - {内容: 政策文件, 渠道: 政府网站, 条数: 18, 其中: {惠农补贴: 10, 社会救助: 8}}
收费情况:
"""


def test_channels_are_searched_with_their_parts(tmp_path: Path) -> None:
    text = good(REPORT).replace("收费情况:\n", CHANNELS)
    site = site_of(portal_with(tmp_path, {REPORT: text.encode()}))
    (report,) = site.portal.dataset.reports
    (line,) = [item.pieces for item in entries(site, report) if "政府网站" in item.pieces]
    assert line[::2] == ("政策文件", "政府网站", "18", "惠农补贴", "10", "社会救助", "8")
    assert "".join(line) == "政策文件，政府网站：18；惠农补贴 10；社会救助 8"


def test_what_is_known_whole_is_told_in_the_order_that_the_scripts_read(tmp_path: Path) -> None:
    more = "简称: 市测试局\n曾用名:\n  - {名称: 临沧市旧名局, 止: 2018-06-30}\n"
    files = {AGENCY: (good(AGENCY) + more).encode()}
    told = about(site_of(portal_with(tmp_path, files))).catalogue
    terms = told.pop("terms")
    name, former = "临沧市测试局", "临沧市旧名局"
    assert told == {
        "suffix": "/",
        "regions": {"530000": ["云南省", ""], "530900": ["临沧市", "530000"]},
        "agencies": [["office", name, "部门", "530900", "市测试局", former]],
        "years": (2021,),
        "glossary": "glossary/",
    }
    assert isinstance(terms, list)
    assert ("申请情况", "申请的数量和结果。", "条例第五十条", "requests") in terms
    assert ("新收", "新收的申请。", "条例第五十条", "requests.received") in terms
    assert "总计" not in {word for word, *_ in terms}, "it means several things"


def test_titles_are_told_only_where_they_are_not_those_of_the_form(tmp_path: Path) -> None:
    files = {
        AGENCY: good(AGENCY) + "曾用名:\n  - {名称: 临沧市旧名局, 止: 2021-06-30}\n",
        "agencies/other/agency.yaml": good(AGENCY),
        "agencies/other/2021.yaml": f"标题: 另起的标题\n{good(REPORT)}",
    }
    for last in ("2020-12-31", "2022-06-30"):
        named = {place: text.replace("2021-06-30", last) for place, text in files.items()}
        data = {place: text.encode() for place, text in named.items()}
        site = site_of(portal_with(tmp_path / last, data))
        former = {0: "临沧市旧名局2021年度报告"} if last > "2021" else {}
        assert about(site).reports["unusual"] == {**former, 1: "另起的标题"}


@pytest.mark.slow
def test_every_phrase_of_the_real_reports_is_found_where_it_stands() -> None:
    site = site_of(DATA)
    scan = Scan(DATA)
    ordered = [f"{report.agency}/{report.year}" for report in in_order(site.portal.dataset.reports)]
    readers = [Reader(index(site, Sizes(common))) for common in (10, 12_000)]
    passages = [text for texts in scan.passages.values() for text in texts if len(text) > 12]
    for query in substrings(passages, 400, chance(5)):
        expected = scan.find(query)
        in_names = {
            name for name in expected if any(plain(query) in text for text in scan.names[name])
        }
        for reader in readers:
            named = {ordered[number] for number in reader.reports(query)}
            assert named <= expected, query
            assert expected - named <= in_names, query


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.text(LETTERS, max_size=150), min_size=1, max_size=12),
    st.integers(1, 6),
    st.integers(1, 2000),
    st.integers(1, 2000),
)
def test_however_the_work_is_cut_the_index_is_the_same(
    texts: list[str], common: int, chunk: int, share: int
) -> None:
    site = with_texts(texts)
    whole = list(index(site, Sizes(common)))
    assert sorted(index(site, Sizes(common, chunk, share))) == sorted(whole)


@pytest.mark.slow
def test_processes_make_the_same_index_as_one() -> None:
    site = site_of(DATA)
    sizes = Sizes(common=50, chunk=20_000, share=10_000)
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        made = list(files(about(site), texts_of(site), sizes, pool.map))
    assert made == list(index(site, sizes))


def test_nothing_is_left_in_the_folder_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for files_taken in (1, 3, None):
        made = index(SMALL_SITE)
        assert list(islice(made, files_taken))
        made.close()
        assert list(tmp_path.iterdir()) == []


def test_a_report_is_kept_as_plain_data() -> None:
    one = next(texts_of(SMALL_SITE))
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - made here
    assert type(one.shown) is str
    assert {type(part) for unit in one.units for part in unit} == {int, str}


def test_another_word_gives_the_build_another_name() -> None:
    names = {
        re.findall(r'"([0-9a-f]{12})"', file.content)[0]
        for texts in (["公开", "公开"], ["公开", "不公开"], ["公开公开", ""], ["公，开", "公开"])
        for file in index(with_texts(texts))
        if file.name == "reports"
    }
    assert len(names) == 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("２０２１年", "2021年"),
        ("国办公开办函〔2021〕30号", "国办公开办函[2021]30号"),
        ("“三公”经费", "三公经费"),
        ("「三公」经费", "‘三公’经费"),
        ("信 息\n公　开", "信息公开"),
        ("2021 年", "2021年"),
        ("APP 客户端", "app客户端"),
        ("（一）", "(一)"),
        ("①", "1"),
        ("⼯作", "工作"),
        ("葛\U000e0100", "葛"),
        ("公\ufe00开", "公开"),
    ],
)
def test_ways_to_write_the_same_are_equal(one: str, other: str) -> None:
    assert characters.normalised(one) == characters.normalised(other)


def test_numbers_and_words_of_latin_letters_do_not_grow_together() -> None:
    assert characters.normalised("12  345 App\nStore") == "12 345 app store"


@settings(deadline=None)
@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing_and_never_adds_blanks(text: str) -> None:
    once = characters.normalised(text)
    assert characters.normalised(once) == once
    assert "  " not in once
    assert once == once.strip()


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_the_table_for_the_browser_says_what_python_does(text: str) -> None:
    alphabet = frozenset(characters.normalised(text))
    single, targets, several = characters.table(alphabet)
    known = {**dict(zip(single, targets, strict=True)), **several}
    for character in text:
        if not character.isspace() and unicodedata.category(character) != "Cc":
            become = known.get(character, character)
            assert become.strip() == characters.normalised(character)


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**8)))
def test_numbers_are_written_and_read(given_numbers: list[int]) -> None:
    listed = sorted(given_numbers)
    assert SMALL_READER.ascending(numbers.ascending(listed)) == listed
    assert SMALL_READER.numbers(numbers.written(given_numbers)) == given_numbers


@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.sets(st.one_of(st.integers(0, 2000), st.integers(0, lanes.LIMIT - 1)), min_size=1),
            min_size=1,
            max_size=2,
        ),
        max_size=20,
    ),
    st.sampled_from(("little", "big")),
)
def test_many_lists_are_written_as_each_would_be(
    drawn: list[list[set[int]]], byte_order: str
) -> None:
    lists = [sorted(set().union(*sets)) for sets in drawn]
    parts = [(array("I", one[: len(one) // 2]), array("I", one[len(one) // 2 :])) for one in lists]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "byteorder", byte_order)
        made = lanes.ascending_lists(parts)
    assert made == list(map(numbers.ascending, lists))


def test_very_long_lists_are_written_as_short_ones_are() -> None:
    long = array("I", range(0, 60_000, 3))
    made = lanes.ascending_lists([[long], [array("I", (7,))], [long]])
    assert made == [numbers.ascending(long), numbers.ascending((7,)), numbers.ascending(long)]


def test_a_script_holds_no_character_that_ends_or_escapes_it() -> None:
    assert not set(numbers.ALPHABET) & set('"\\\n ')
    assert len(numbers.ALPHABET) % 2 == 0


def test_the_same_data_gives_the_same_files(tmp_path: Path) -> None:
    site = site_of(DATA)
    for name in ("one", "other"):
        assert write(artifacts(site, texts_of(site)), tmp_path / name)[Sort.SEARCH] > 5
    made = [
        {path.name: path.read_bytes() for path in (tmp_path / name / "search/data").iterdir()}
        for name in ("one", "other")
    ]
    assert made[0] == made[1]


def test_rows_without_a_figure_that_is_not_0_are_not_searched() -> None:
    reader = Reader(index(site_of(DATA)))
    seed = next(
        number
        for number, report in enumerate(in_order(site_of(DATA).portal.dataset.reports))
        if report.agency == "linxiang-zwfwj"
    )
    assert seed not in reader.reports("重复申请")
    assert seed in reader.reports("公共资源交易")
    assert reader.reports("复议后起诉")
