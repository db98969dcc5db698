"""By which names the app may be asked for."""

from __future__ import annotations

import pytest

from hfabm.app.admission import LOOPBACK, names_of


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost", "LOCALHOST"])
def test_bound_to_this_machine_it_answers_to_its_names_alone(host: str) -> None:
    assert names_of(host) == LOOPBACK | {host.lower()}


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "town.example"])
def test_bound_to_a_network_any_name_will_do(host: str) -> None:
    assert names_of(host) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5"])
def test_names_that_are_given_stand_beside_its_own(host: str) -> None:
    assert names_of(host, ["Homes.example", "[fe80::1]"]) == LOOPBACK | {host, "homes.example", "fe80::1"}


@pytest.mark.parametrize("name", ["", "homes.example:443", "http://homes.example", "homes.example/app", "[", "a b@c"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is no name of a host"):
        names_of("127.0.0.1", [name])
