"""A map of the world with the posts on it: where each stands on static/land.svg, and how large.

The projection is Natural Earth (T. Patterson; polynomial by B. Šavrič), as that of the coastline. Units are those of
the picture: WIDTH across at the equator.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from cables.models import Post

WIDTH, HEIGHT = 1000, 434.7
NORTH, SOUTH = 84.0, -57.0
"""Degrees of latitude at the upper and lower edge."""

LARGEST, SMALLEST = 20.0, 2.5
"""Radius of the post with most cables, and the least of any: the area is in proportion to the cables between them."""
LETTERS = 18.0
"""Height of a name."""
REACH = 17.0
"""Radius in which a post is hit where no other is near: 24 pixels across while the map is 706 wide or more."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A post on the map: its cables, its place, the radius of its circle and of the ground that is hit for it."""

    post: Post
    count: int
    x: float
    y: float
    radius: float
    reach: float

    @property
    def label_y(self) -> float:
        """Where the name stands: over the circle, or under it at the upper edge."""
        over = self.y - self.radius - 8
        return round(over if over > LETTERS else self.y + self.radius + LETTERS, 1)

    @property
    def anchor(self) -> str:
        """Which end of the name stands at the circle, so that it stays on the map."""
        return "start" if self.x < WIDTH / 4 else "end" if self.x > WIDTH * 3 / 4 else "middle"


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the place on the map of a point in degrees."""
    across, up = _natural_earth(latitude, longitude)
    return round((across + _EDGE) * _SCALE, 1), round((_TOP - up) * _SCALE, 1)


def marks(posts: Iterable[Post], counts: Mapping[int, int]) -> list[Mark]:
    """Return the posts that have cables and stand on the map, the largest first, so that none hides a smaller one."""
    shown = [(post, counts.get(post.pk, 0)) for post in posts if _on_map(post)]
    shown = sorted(((post, count) for post, count in shown if count), key=lambda pair: (-pair[1], pair[0].name))
    places = [project(post.latitude or 0, post.longitude or 0) for post, _ in shown]
    reaches = _reaches(places)
    most = shown[0][1] if shown else 1
    found = []
    for (post, count), (x, y), reach in zip(shown, places, reaches, strict=True):
        radius = max(SMALLEST, round(LARGEST * math.sqrt(count / most), 1))
        found.append(Mark(post, count, x, y, radius, max(reach, radius)))
    return found


def place(post: Post) -> tuple[float, float] | None:
    """Return the place of a post on the map, None where it has none on it."""
    return project(post.latitude or 0, post.longitude or 0) if _on_map(post) else None


def _on_map(post: Post) -> bool:
    if post.latitude is None or post.longitude is None:
        return False
    return SOUTH <= post.latitude <= NORTH and -180 <= post.longitude <= 180


def _reaches(places: list[tuple[float, float]]) -> list[float]:
    """Return for each place half the way to the nearest other, REACH at most: grounds that do not overlap."""
    if not places:
        return []
    points = np.array(places)
    distances = np.linalg.norm(points[:, np.newaxis] - points, axis=2)
    np.fill_diagonal(distances, 2 * REACH)
    return [round(float(distance) / 2, 1) for distance in np.minimum(distances.min(axis=1), 2 * REACH)]


def _natural_earth(latitude: float, longitude: float) -> tuple[float, float]:
    across, up = math.radians(longitude), math.radians(latitude)
    square = up * up
    fourth = square * square
    width = 0.8707 - 0.131979 * square + fourth * (fourth * (0.003971 * square - 0.001529 * fourth) - 0.013791)
    height = 1.007226 + square * (0.015085 + fourth * (0.028874 * square - 0.044475 - 0.005916 * fourth))
    return across * width, up * height


_EDGE, _TOP = _natural_earth(0, 180)[0], _natural_earth(NORTH, 0)[1]
_SCALE = WIDTH / 2 / _EDGE
