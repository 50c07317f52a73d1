/**
 * Checks that `docs/ecs-tasks.md` lists every API action that the ECS adapter implements, and no
 * other.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { actions } from '../packages/ecs/src/api/actions.js'
import { root } from './docs/project.js'

/** The first cells of the table whose first column is called `action`. */
const listedIn = (page: string): readonly string[] => {
  const lines = page.split('\n')
  const head = lines.findIndex((line) => /^\| action\s/.test(line))
  const rows = lines.slice(head + 2)
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map((row) => /^\| `(\w+)`/.exec(row)?.[1] ?? row)
}

it('the page lists the actions of the table', () => {
  const page = readFileSync(join(root, 'docs/ecs-tasks.md'), 'utf8')
  expect(listedIn(page)).toEqual(Object.keys(actions))
})

it('reads a row for each action, and none of the next table', () => {
  const page = '| action | does |\n| --- | --- |\n| `RunTask` | x |\n\n| other |\n| --- |\n| `X` |'
  expect(listedIn(page)).toEqual(['RunTask'])
})
