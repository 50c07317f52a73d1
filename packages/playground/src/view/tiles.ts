/**
 * Renders many machines as tiles on one canvas, and paints only the rows in view. For assistive
 * technology the canvas is a list box with one option, the tile that has the keyboard focus.
 */
import { printable } from '@stowage/workbench'
import { h, type ComponentChild } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { cornerOf, gridHeight, gridOf, tile, tileAfterKey, tileAt } from '../draw/grid.js'
import { paintTiles } from '../draw/paint.js'
import type { PlanPicture } from '../planner/message.js'

/** What the component needs. */
export interface TileMapProps {
  readonly label: string
  readonly machines: PlanPicture['machines']
  readonly changed: ReadonlySet<string>
  readonly choose: (position: number) => void
}

/** The tiles of machines; arrow keys move, Enter chooses. */
export const TileMap = ({ label, machines, changed, choose }: TileMapProps): ComponentChild => {
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [view, setView] = useState({ top: 0, width: 600, height: 400, dark: false })
  const [active, setActive] = useState(0)
  const grid = gridOf(machines.length, view.width)
  const position = Math.min(active, machines.length - 1)

  useLayoutEffect(() => {
    const element = box.current!
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const measure = (): void =>
      setView({
        ...{ top: element.scrollTop, width: element.clientWidth },
        ...{ height: element.clientHeight, dark: dark.matches },
      })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    dark.addEventListener('change', measure)
    measure()
    return () => {
      observer.disconnect()
      dark.removeEventListener('change', measure)
    }
  }, [])
  useLayoutEffect(() => {
    const { top, height } = view
    paintTiles(canvas.current!, { machines, grid, top, height, changed, active: position })
  }, [machines, changed, view, position])

  const moveTo = (next: number): void => {
    setActive(next)
    const { y } = cornerOf(grid, next)
    const element = box.current!
    if (y < element.scrollTop) element.scrollTop = y
    const below = y + tile.side - element.clientHeight
    if (below > element.scrollTop) element.scrollTop = below
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = tileAfterKey(grid, position, event.key)
    if (next !== undefined) moveTo(next)
    else if (event.key === 'Enter' || event.key === ' ') choose(position)
    else return
    event.preventDefault()
  }
  const onClick = (event: MouseEvent): void => {
    const { left, top } = box.current!.getBoundingClientRect()
    const hit = tileAt(grid, event.clientX - left, event.clientY - top + view.top)
    if (hit === undefined) return
    setActive(hit)
    choose(hit)
  }
  const name = machines[position]
  return h(
    'div',
    {
      ...{ ref: box, class: 'tiles', role: 'listbox', tabIndex: 0, onKeyDown, onClick },
      ...{ 'aria-label': label, 'aria-activedescendant': 'tile-active' },
    },
    h('canvas', { ref: canvas, style: { height: `${view.height}px` }, 'aria-hidden': true }),
    h('div', { style: { height: `${Math.max(0, gridHeight(grid) - view.height)}px` } }),
    h(
      'div',
      {
        ...{ id: 'tile-active', role: 'option', class: 'hidden', 'aria-selected': true },
        ...{ 'aria-posinset': position + 1, 'aria-setsize': machines.length },
      },
      name === undefined ? '' : printable(tileText(name)),
    ),
  )
}

const tileText = ({ title, gauges }: PlanPicture['machines'][number]): string =>
  [title, ...gauges.map(({ resource, text }) => `${resource} ${text}`)].join(', ')
