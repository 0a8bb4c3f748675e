#!/usr/bin/env python3
"""Draws the figures of a soak: soak-picture.py FIGURES.csv [MINUTES BETWEEN KILLS] > PICTURE.svg"""
import csv, sys

WIDTH, ROW, LEFT, TOP = 720, 110, 150, 34
SHOWN = ['rounds', 'answered', 'recovered', 'threads', 'descriptors', 'heap KB']

rows = list(csv.DictReader(open(sys.argv[1])))
SHOWN = [name for name in SHOWN if name in rows[0]]
end = max(int(row['seconds']) for row in rows)
print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{TOP + ROW * len(SHOWN)}" '
      f'font-family="sans-serif" font-size="13">')
print(f'<rect width="100%" height="100%" fill="white"/>'
      f'<text x="10" y="20">{end // 60} minutes, a router killed every {sys.argv[2] if len(sys.argv) > 2 else 2} minutes</text>')
for index, name in enumerate(SHOWN):
    values = [int(row[name]) for row in rows]
    top, most = TOP + index * ROW, max(max(values), 1)
    points = ' '.join(
        f'{LEFT + int(row["seconds"]) / end * (WIDTH - LEFT - 20):.1f},{top + 90 - value / most * 80:.1f}'
        for row, value in zip(rows, values))
    print(f'<text x="10" y="{top + 45}">{name}</text>'
          f'<text x="10" y="{top + 62}" fill="gray">{min(values)} to {max(values)}</text>'
          f'<line x1="{LEFT}" x2="{WIDTH - 20}" y1="{top + 90}" y2="{top + 90}" stroke="lightgray"/>'
          f'<polyline points="{points}" fill="none" stroke="darkgreen" stroke-width="1.5"/>')
print('</svg>')
