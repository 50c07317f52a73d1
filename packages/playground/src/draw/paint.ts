/** Paints on a canvas the tiles of the machines that are in view. */
import type { PlanPicture } from '../planner/message.js'
import { cornerOf, tile, tilesBetween, type TileGrid } from './grid.js'

/** What a canvas shows. */
export interface TileScene {
  readonly machines: PlanPicture['machines']
  readonly grid: TileGrid
  /** The height that is scrolled away, and the height of the view. */
  readonly top: number
  readonly height: number
  readonly changed: ReadonlySet<string>
  /** The tile that the keyboard is on. */
  readonly active: number
}

/** Paints over what was there. The colours are custom properties of the canvas. */
export const paintTiles = (canvas: HTMLCanvasElement, scene: TileScene): void => {
  const context = canvas.getContext('2d')
  if (context === null) return
  const { machines, grid, top, height, changed, active } = scene
  const scale = devicePixelRatio
  const width = canvas.clientWidth
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  context.setTransform(scale, 0, 0, scale, 0, 0)
  const style = getComputedStyle(canvas)
  const colour = (name: string): string => style.getPropertyValue(name)
  const [free, full, bad, move, focus] = ['--free', '--full', '--bad', '--move', '--focus'].map(
    colour,
  ) as [string, string, string, string, string]
  const [first, end] = tilesBetween(grid, top, top + height)
  for (let i = first; i < end; i++) {
    const machine = machines[i]!
    const corner = cornerOf(grid, i)
    const [x, y] = [corner.x, corner.y - top]
    context.fillStyle = free
    context.fillRect(x, y, tile.side, tile.side)
    const gauges = machine.gauges.filter(({ share }) => share !== undefined).slice(0, 3)
    const bar = (tile.side - 2) / Math.max(1, gauges.length)
    gauges.forEach(({ share = 0 }, row) => {
      context.fillStyle = share > 1 ? bad : full
      context.fillRect(x + 1, y + 1 + row * bar, (tile.side - 2) * Math.min(1, share), bar - 1)
    })
    if (changed.has(machine.title)) outline(context, move, x, y, 2)
    if (i === active) outline(context, focus, x - 1, y - 1, 2)
  }
}

const outline = (
  context: CanvasRenderingContext2D,
  colour: string,
  x: number,
  y: number,
  line: number,
): void => {
  context.strokeStyle = colour
  context.lineWidth = line
  context.strokeRect(x + line / 2, y + line / 2, tile.side - line, tile.side - line)
}
