from __future__ import annotations

import pytest

from shop.report import Report, best_articles, latest


def test_a_report_starts_with_its_title(few):
    report = Report("March")
    report.add_orders(few)
    assert report.text.splitlines()[:2] == ["March", "====="]
    assert len(report.text.splitlines()) == 5


@pytest.mark.energy_budget("50 mJ")  # violated on purpose: see README.md
def test_report_of_a_whole_year(year):
    report = Report("2024")
    report.add_orders(year)
    assert report.text.count("\n") == len(year) + 2


def test_the_best_article_is_the_most_sold_one(few):
    assert best_articles(few, 1) == "     4 oak chair"


def test_the_latest_orders_come_first(year):
    assert latest(year, 3) == [21_999, 21_998, 21_997]
