/**
 * Tests the runner of code blocks in the docs: for every tag, such as `ts` or `sh`, a block is
 * reported exactly when it does not do what its page says.
 */
import { describe, expect, it } from 'vitest'
import { blocksOf, fencesIn } from './fences.js'
import { wrongWith } from './run.js'
import { typeErrors } from './types.js'

const wrong = (...lines: readonly string[]): Promise<readonly string[]> =>
  wrongWith(blocksOf(fencesIn(lines.join('\n')))[0]!)

const kernel = "import * as kernel from '@stowage/kernel'"

describe('a block', () => {
  it.concurrent.each([
    ['ts', ['```ts', 'const one: number = 1', 'console.log(one)', '```', '```output', '1 ', '```']],
    [
      'ts with a package',
      ['```ts', kernel, 'console.log(typeof kernel)', '```', '```output', 'object', '```'],
    ],
    ['js', ['```js', "import { sep } from 'node:path'", 'await sep', '```']],
    [
      'cjs',
      [
        '```cjs',
        "console.log(require('./package.json').name)",
        '```',
        '```output',
        'stowage',
        '```',
      ],
    ],
    ['sh', ['```sh', 'ls packages | head -n 1', '```', '```output', 'cli', '```']],
    ['sh that fails as told', ['```sh', 'echo no; exit 3', '```', '```output exit=3', 'no', '```']],
    [
      'sh that is not run',
      ['```sh', 'npm install', 'npm run bench -- --smoke # quick', 'npm test', '```'],
    ],
    ['json', ['```json', '{ "a": [1] }', '```']],
    ['yaml', ['```yaml', 'a: 1', '---', 'b: 2', '```']],
  ])('of %s does what it says', async (_, lines) => {
    expect(await wrong(...lines)).toEqual([])
  })

  it.concurrent.each([
    ['ts that throws', ['```ts', "throw new Error('never')", '```'], 'never'],
    ['ts that does not parse', ['```ts', 'const = 1', '```'], 'ends with 1'],
    ['ts that imports nothing known', ['```ts', "import '@stowage/ship'", '```'], '@stowage/ship'],
    [
      'ts that prints another thing',
      ['```ts', 'console.log(1)', '```', '```output', '2', '```'],
      'prints',
    ],
    ['js that throws', ['```js', 'null.a', '```'], 'ends with 1'],
    ['cjs as a module', ['```cjs', 'import.meta', '```'], 'ends with 1'],
    ['sh whose middle fails', ['```sh', 'false', 'true', '```'], 'ends with 1'],
    [
      'sh that should have failed',
      ['```sh', 'true', '```', '```output exit=1', '```'],
      'ends with 0, not 1',
    ],
    ['sh that prints more', ['```sh', 'echo a; echo b', '```', '```output', 'a', '```'], 'prints'],
    ['npx of others', ['```sh', 'npx ship', '```'], 'not of this project'],
    ['a script that is not', ['```sh', 'npm run sail', '```'], 'no script for `npm run sail`'],
    ['what hides behind npm', ['```sh', 'npm install', 'sail', '```'], 'a block that is not run'],
    ['json', ['```json', '{ a: 1 }', '```'], 'JSON'],
    ['yaml', ['```yaml', 'a: [1', '```'], 'Flow sequence'],
  ])('of %s is refuted', async (_, lines, fault) => {
    expect((await wrong(...lines)).join('\n')).toContain(fault)
  })
})

it('types are checked, each block in a scope of its own', () => {
  const errors = typeErrors([
    { at: 'a.md:1', body: 'const one: number = 1\nconsole.log(one)' },
    { at: 'a.md:9', body: "const one: number = 'one'\nconsole.log(one)" },
    { at: 'b.md:1', body: "import { nobody } from '@stowage/kernel'\nnobody()" },
  ])
  expect(errors).toEqual([
    "a.md:9: Type 'string' is not assignable to type 'number'.",
    expect.stringContaining("no exported member 'nobody'"),
  ])
})
