"""Everybody in a model, as one Mesa AgentSet that makes handles only of those who are looked at."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any

import mesa
from mesa.agent import AgentSet

from hfabm.engine.agentset import GroupBy, limit


class AllAgents(AgentSet):  # type: ignore[misc]
    """Everybody in a model: the rows of every table, then ordinary Mesa agents.  Always up to date."""

    def __init__(self, model: Any) -> None:
        # Mesa's own __init__ would make a handle of every row
        self.model, self.random = model, model.random

    @property
    def _parts(self) -> list[Any]:
        return [*self.model.row_sets(), self.model.ordinary_agents]

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def __iter__(self) -> Iterator[Any]:
        return chain.from_iterable(self._parts)

    def __contains__(self, agent: object) -> bool:
        return any(agent in part for part in self._parts)

    def __getitem__(self, item: int | slice) -> Any:
        if isinstance(item, slice):
            return list(self)[item]
        place = operator.index(item) + (len(self) if item < 0 else 0)
        for part in self._parts:
            if 0 <= place < len(part):
                return part[place]
            place -= len(part)
        raise IndexError("there are not so many agents")

    def __repr__(self) -> str:
        return f"<all {len(self)} agents>"

    def __getstate__(self) -> dict[str, Any]:
        return dict(self.__dict__)

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def _from_iterable(self, agents: Iterable[Any]) -> Any:
        return AgentSet(agents, self.random)

    def to_list(self) -> list[Any]:
        """Every agent."""
        return list(self)

    def copy(self) -> Any:
        """Those who are there now, as an ordinary AgentSet."""
        return self._from_iterable(self)

    __copy__ = copy

    def select(
        self,
        filter_func: Callable[[Any], bool] | None = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> Any:
        """Agents of a type, or that pass a test; of one table only, a RowSet."""
        if inplace:
            raise TypeError("a selection of all agents cannot take their place: leave out `inplace`")
        stop = limit(at_most, len(self))
        kind = mesa.Agent if agent_type is None else agent_type
        sets = [part for part in self.model.row_sets() if issubclass(part.cache.handle_class, kind)]
        others = [agent for agent in self.model.ordinary_agents if isinstance(agent, kind)]
        if len(sets) == 1 and not others:
            return sets[0].select(filter_func, float("inf") if stop is None else stop)
        agents = chain(*sets, others)
        return self._from_iterable(islice(filter(filter_func, agents) if filter_func else agents, stop))

    def shuffle(self, inplace: bool = False) -> Any:
        """All agents in a random order."""
        if inplace:
            raise TypeError("the order of all agents is fixed: leave out `inplace`")
        agents = list(self)
        self.random.shuffle(agents)
        return self._from_iterable(agents)

    def sort(self, key: str | Callable[[Any], Any], ascending: bool = False, inplace: bool = False) -> Any:
        """All agents by an attribute or a function; falling unless told otherwise."""
        if inplace:
            raise TypeError("the order of all agents is fixed: leave out `inplace`")
        by = key if callable(key) else operator.attrgetter(key)
        return self._from_iterable(sorted(self, key=by, reverse=not ascending))

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> AllAgents:
        """Call a method of every agent, or a function with every agent."""
        for part in self._parts:
            part.do(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> AllAgents:
        """The same in a random order."""
        self.shuffle().do(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """What a method of every agent, or a function of every agent, returns."""
        return [result for part in self._parts for result in part.map(method, *args, **kwargs)]

    def get(self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None) -> list[Any]:
        """Values of an attribute, or lists of values of several, of every agent."""
        return [v for part in self._parts for v in part.get(attr_names, handle_missing, default_value)]

    def groupby(self, by: str | Callable[[Any], Any], result_type: str = "agentset") -> Any:
        """All agents by the value of an attribute or a function."""
        groups: dict[Any, list[Any]] = {}
        for agent in self:
            groups.setdefault(by(agent) if callable(by) else getattr(agent, by), []).append(agent)
        if result_type == "list":
            return GroupBy(groups)
        return GroupBy({value: self._from_iterable(agents) for value, agents in groups.items()})

    def add(self, agent: Any) -> None:
        """Refused: agents are registered when made."""
        raise TypeError("ordinary agents register themselves when made; rows are opened by processes")

    discard = remove = add
