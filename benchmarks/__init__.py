"""Measurements, run by hand: side by side, as ratios, never as tests that time."""
