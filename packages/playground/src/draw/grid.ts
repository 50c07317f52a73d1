/**
 * Computes the layout of tiles in rows, one tile per machine: which tile is at a point, which rows
 * are in view, and to which tile an arrow key leads.
 */

/** The side of a tile and the space between two, in CSS pixels. */
export const tile = { side: 22, gap: 3 }
const pitch = tile.side + tile.gap

/** So many tiles in rows of so many. */
export interface TileGrid {
  readonly count: number
  readonly columns: number
}

/** The grid of a width; it has a column at least. */
export const gridOf = (count: number, width: number): TileGrid => ({
  ...{ count, columns: Math.max(1, Math.floor((width + tile.gap) / pitch)) },
})

/** The height of all rows. */
export const gridHeight = ({ count, columns }: TileGrid): number =>
  Math.ceil(count / columns) * pitch

/** The corner of a tile. */
export const cornerOf = (
  { columns }: TileGrid,
  position: number,
): { readonly x: number; readonly y: number } => ({
  x: (position % columns) * pitch,
  y: Math.floor(position / columns) * pitch,
})

/** The tiles of which a part is between two heights: from the first to before the last. */
export const tilesBetween = (
  { count, columns }: TileGrid,
  top: number,
  bottom: number,
): readonly [first: number, end: number] => [
  Math.max(0, Math.floor(top / pitch)) * columns,
  Math.min(count, Math.ceil(Math.max(0, bottom) / pitch) * columns),
]

/** The tile at a point; `undefined` beside the tiles. */
export const tileAt = ({ count, columns }: TileGrid, x: number, y: number): number | undefined => {
  const column = Math.floor(x / pitch)
  const position = Math.floor(y / pitch) * columns + column
  return x >= 0 && y >= 0 && column < columns && position < count ? position : undefined
}

/** Where a key leads from a tile; `undefined` for a key that leads nowhere. */
export const tileAfterKey = (
  { count, columns }: TileGrid,
  position: number,
  key: string,
): number | undefined => {
  const steps: Readonly<Record<string, number>> = {
    ...{ ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns },
    ...{ PageDown: 10 * columns, PageUp: -10 * columns, Home: -count, End: count },
  }
  const step = steps[key]
  return step === undefined ? undefined : Math.min(count - 1, Math.max(0, position + step))
}
