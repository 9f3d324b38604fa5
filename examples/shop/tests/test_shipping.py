from __future__ import annotations

from shop.shipping import pack, routes, wait_for_label


def test_a_parcel_holds_orders_of_one_country(few):
    assert pack(few, 2) == [[1, 3], [2]]


def test_every_order_of_the_year_is_packed_once(year):
    parcels = pack(year, 12)
    assert sorted(number for parcel in parcels for number in parcel) == [order.number for order in year]


def test_a_stop_is_visited_once():
    assert routes(["DE", "NL", "DE", "FR"]) == ["DE", "NL", "FR"]


def test_a_printed_label_is_found(tmp_path):
    label = tmp_path / "label.txt"
    label.write_text("Ada Abel", encoding="utf-8")
    assert wait_for_label(str(label)) == 8
