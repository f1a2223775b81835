import pytest

from kg.numerals import _BEGINS, NOTHING, READ, parse_numeral


@pytest.mark.parametrize(
    ("slogan", "formula", "readings"),
    [
        ("三去一降一补", "3+1+1", (5,)),
        ("六稳", "6", (6,)),
        ("两山七河一流域", "2+7+1", (10,)),
        ("五讲四美三热爱", "5+4+3", (12,)),
        ("农产品精深加工十大产业集群", "10", (10,)),
        ("人才新政 12 条", "12", (12,)),
        ("2021年11件民生实事", "11", (11,)),
        ("二十三条", "23", (23,)),
        ("国十条", "10", (10,)),
        ("四个革命、一个合作", "4+1", (5,)),
        ("“双随机、一公开”", "2+1", (3,)),
        ("9+13", "9+13", (22,)),
        # a numeral behind N个, and in 统一, 第一, 一流, is part of what is counted
        ("三个一批", "3", (3,)),
        ("五个一工程", "5", (5,)),
        ("两个一百年", "2", (2,)),
        ("六统一", "6", (6,)),
        ("三个第一", "3", (3,)),
        ("双一流", "2", (2,)),
        ("五位一体", "5", (5,)),
        # 双 is two, also of a numeral
        ("双零", "2", (2,)),
        ("双百", "2", (2,)),
        ("双航母", "2", (2,)),
        # two numbers that are the same: the definition picks
        ("三管三必须", "3+3", (6, 3)),
        ("八荣八耻", "8+8", (16, 8)),
        # bare digits: their sum, or one thing for each
        ("13710", "1+3+7+1+0", (5, 12)),
        ("1331", "1+3+3+1", (8, 4)),
        # 一, 二, 三 in a row are ordinals, 两 is not
        ("一大二公", "1+2", (2, 3)),
        ("一慢二看三通过", "1+2+3", (3, 6)),
        ("一国两制", "1+2", (3,)),
        ("一打三反", "1+3", (4,)),
    ],
)
def test_numerals_count(slogan, formula, readings):
    numeral = parse_numeral(slogan)
    assert (numeral.formula, numeral.readings) == (formula, readings)


@pytest.mark.parametrize(
    ("slogan", "rule"),
    [
        ("十四五", "plan"),
        ("十四五规划", "plan"),
        ("2035年远景目标", "year"),
        ("8·29", "date"),
        ("五四运动", "date"),
        ("一枚印章管审批", "one"),
        ("一件事", "one"),
        ("一企一策", "each"),
        ("1+N", "open"),
        ("1+3+N", "open"),
        ("多规合一", "open"),
        ("千项数据资源共享工程", "none"),
        ("百日攻坚", "none"),
        ("P3实验室", "none"),
        ("第一书记", "none"),
        ("五颜六色", "none"),
        ("四川精神", "none"),
        ("承诺制+标准地", "plus"),
        ("腾笼换鸟", "none"),
    ],
)
def test_numerals_that_count_nothing(slogan, rule):
    numeral = parse_numeral(slogan)
    assert (numeral.count, numeral.readings, numeral.formula, numeral.rule) == (None, (), None, rule)


def test_numerals_tell_what_each_number_counts():
    parts = parse_numeral("一主三副六市域中心").parts
    assert [(part.n, part.head, part.text) for part in parts] == [
        (1, "主", "一主"),
        (3, "副", "三副"),
        (6, "市域中心", "六市域中心"),
    ]


def test_numerals_read_quotes_widths_and_spaces_alike():
    assert {parse_numeral(s).readings for s in ("“30 条”", "30条", "３０条", "**30条**")} == {(30,)}


@pytest.mark.parametrize("row", NOTHING + READ, ids=lambda row: f"{row.name}:{row.example}")
def test_numerals_rows_match_their_examples(row):
    assert row.pattern.search(row.example)


@pytest.mark.parametrize("row", READ, ids=lambda row: f"{row.name}:{row.example}")
def test_rows_are_tried_where_they_can_match(row):
    assert _BEGINS.match(row.example, row.pattern.search(row.example).start())
