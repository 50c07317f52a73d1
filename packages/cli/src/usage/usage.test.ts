/** Tests the help: its examples run, shell completion works, and the man page is up to date. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../command/commands.js'
import { declare, run } from '../command/program.js'
import { wordsOf } from './example-words.fixture.js'
import { completionScript, shells, type Shell } from './completion.js'
import { manPage } from './man-page.js'

const none = (): Promise<string> => Promise.resolve('')
const program = declare(() => undefined)

describe.each(commands)('$name', ({ name, examples, statuses }) => {
  it('has two examples in its help, and its exit statuses', async () => {
    const { out, status } = await run([name, '--help'], none)
    expect(status).toBe(0)
    expect(examples.length).toBeGreaterThanOrEqual(2)
    for (const { line, shows } of examples) expect(out).toContain(`  # ${shows}\n  ${line}\n`)
    expect(out.endsWith(`\nExit status: ${statuses}.\n`)).toBe(true)
  })
  it.each(examples)('shows $shows', async ({ line }) => {
    const [first] = wordsOf(line)
    expect(first).toBe(name)
    const { out, error, status } = await run(wordsOf(line), none)
    expect({ error, isAnswered: status < 2 }).toEqual({ error: '', isAnswered: true })
    expect(out).not.toBe('')
  })
})

describe('a mistake', () => {
  it.each([
    [['plan'], 'plan'],
    [['plan', '--outputs', 'json'], 'plan'],
    [['explain'], 'explain'],
    [['plan', '.', '--output', 'xml'], 'plan'],
  ])('%j ends with what to try', async (args, name) => {
    const { error, status } = await run(args, none)
    expect(status).toBe(2)
    expect(error).toMatch(new RegExp(`\nTry 'stowage ${name} --help' [^\n]*\n$`))
  })
  it('in the name of the command, too', async () => {
    const { error } = await run(['plam'], none)
    expect(error).toBe(
      "error: unknown command 'plam'\n(Did you mean plan?)\nTry 'stowage --help' for the commands.\n",
    )
  })
})

/** The words that bash offers for the last of these. */
const completed = (...words: readonly string[]): readonly string[] =>
  execFileSync(
    'bash',
    [
      '-c',
      `${completionScript('bash', program)}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _stowage; printf '%s\\n' "\${COMPREPLY[@]}"`,
      ...['bash', 'stowage', ...words],
    ],
    { encoding: 'utf8' },
  )
    .split('\n')
    .filter((word) => word !== '')

describe('completion', () => {
  it('offers commands, options, values and files', () => {
    expect(completed('pl')).toEqual(['plan'])
    expect(completed('plan', '--fargate-v')).toEqual(['--fargate-vcpus'])
    expect(completed('plan', '--output', 'y')).toEqual(['yaml'])
    expect(completed('schema', '')).toEqual([
      'plan',
      'comparison',
      'difference',
      'explanation',
      'query',
      'capacity',
      'headroom',
      'types',
      'provision',
      'rollout',
      'drain',
      'consolidation',
      'replay',
      'autoscale',
    ])
    expect(completed('plan', 'docs/exam')).toEqual(['docs/examples'])
    expect(completed('plan', '--catalogue', 'tsconf')).toEqual(['tsconfig.json'])
    expect(completed('plan', '--seed', '')).toEqual([])
  })
  it.each(shells)('has every command and every option in %s', (shell) => {
    const script = completionScript(shell, program)
    const dashes = shell === 'fish' ? '-l ' : '--'
    for (const command of program.commands) {
      expect(script).toContain(command.name())
      for (const { long } of command.options)
        expect(script).toContain((long ?? '').replace(/^--/, dashes))
    }
  })
  const isThere = (shell: Shell): boolean => spawnSync(shell, ['-c', ':']).status === 0
  it.each(shells.filter(isThere))('is a script that %s reads', (shell) => {
    const folder = mkdtempSync(join(tmpdir(), 'stowage-completion-'))
    const path = join(folder, 'script')
    writeFileSync(path, `${completionScript(shell, program)}\n`)
    const { status, stderr } = spawnSync(shell, ['-n', path], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})

describe('the man page', () => {
  const path = 'packages/cli/man/stowage.1'
  it('is what the help says; STOWAGE_WRITE_DOCS=1 writes it', async () => {
    const page = await manPage(program, commands)
    if (process.env['STOWAGE_WRITE_DOCS'] !== undefined) writeFileSync(path, page)
    expect(readFileSync(path, 'utf8')).toBe(page)
  })
  it('is published', () => {
    const manifest = JSON.parse(readFileSync('packages/cli/package.json', 'utf8')) as object
    expect(manifest).toMatchObject({
      man: './man/stowage.1',
      files: ['bin', 'dist', 'man', 'CHANGELOG.md'],
    })
  })
})
