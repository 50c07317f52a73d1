/**
 * Runs one code block of a Markdown page and returns what is wrong with it, such as an output that
 * the page does not show. Code and shell commands run in separate processes in the project's root.
 * TypeScript is bundled from the sources; JavaScript and the command line use the built packages.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { build } from 'esbuild'
import { parseAllDocuments } from 'yaml'
import { type Block, type Fence, isSetUp } from './fences.js'
import { library, root, runtimes, scripts, shared } from './project.js'

interface Ran {
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Every sentence says one thing that is wrong; none means that the block does what the page says.
 */
export const wrongWith = async (block: Block): Promise<readonly string[]> => {
  const { tag, body } = block.fence
  if (tag === 'json') return fault(() => JSON.parse(body) as unknown)
  if (tag === 'yaml') return parseAllDocuments(body).flatMap(({ errors }) => errors.map(String))
  if (isSetUp(block.fence)) return unknownCommands(body)
  return unlike(block, await run({ ...block.fence, body: withShared(body) }))
}

/** What a block prints now. */
export const printedBy = async (fence: Fence): Promise<string> =>
  trimmed((await run({ ...fence, body: withShared(fence.body) })).stdout)

/** A block that starts another runtime, or loads one, needs it installed. */
export const runtimeOf = ({ tag, body }: Fence): string | undefined =>
  tag === 'sh'
    ? /^(deno|bun)\b/.exec(body)?.[1]
    : /require\('(@edge-runtime\/vm|quickjs-emscripten-core)'\)/.exec(body)?.[1]

/** A block that reads recorded data needs the folder that holds it. */
export const readsShared = ({ body }: Fence): boolean => body.includes('../shared')
const withShared = (body: string): string =>
  process.env['STOWAGE_SHARED'] === undefined ? body : body.replaceAll('../shared', shared)

const fault = (parse: () => unknown): readonly string[] => {
  try {
    parse()
    return []
  } catch (thrown) {
    return [String(thrown)]
  }
}

/** In a block that is not run there are only commands whose existence can be read off. */
const unknownCommands = (body: string): readonly string[] =>
  body.split('\n').flatMap((line) => {
    const command = line.replace(/#.*/, '').trim()
    if (command === '' || /^(git clone|cd|npm install)\b/.test(command)) return []
    const script = /^npm (?:run (?:--silent )?)?([\w:-]+)( -- .*)?$/.exec(command)?.[1]
    if (script === undefined) return [`\`${command}\` stands in a block that is not run`]
    return script in scripts ? [] : [`package.json has no script for \`${command}\``]
  })

const unlike = ({ output, exit }: Block, ran: Ran): readonly string[] => {
  const wrong: string[] = []
  if (ran.exit !== exit)
    wrong.push(`ends with ${ran.exit}, not ${exit}: ${ran.stderr}${ran.stdout}`)
  if (output !== undefined && trimmed(output) !== trimmed(ran.stdout))
    wrong.push(`prints:\n${trimmed(ran.stdout)}\nwhere the page says:\n${trimmed(output)}`)
  return wrong
}
const trimmed = (text: string): string => text.replaceAll(/[^\S\n]+$/gm, '').trimEnd()

const run = ({ tag, body }: Fence): Promise<Ran> => {
  if (tag === 'ts') return runTypeScript(body)
  if (tag === 'sh') return start('bash', ['-e', '-c', `${commandLine}\n${body}`])
  const kind = tag === 'cjs' ? 'commonjs' : 'module'
  return start(process.execPath, [`--input-type=${kind}`, '--eval', body])
}

/** The command line as a reader has it after `npm install`, without the lookup of npx. */
const commandLine = `
stowage() { '${process.execPath}' '${join(root, 'packages/cli/bin/stowage.js')}' "$@"; }
npx() { [ "$1" = stowage ] || { echo "npx $1 is not of this project" >&2; return 1; }; "$@"; }
export -f stowage npx`

const runTypeScript = async (body: string): Promise<Ran> => {
  const folder = await mkdtemp(join(tmpdir(), 'stowage-docs-'))
  try {
    const outfile = join(folder, 'block.mjs')
    await bundle(body, outfile)
    return await start(process.execPath, ['--enable-source-maps', outfile])
  } catch (thrown) {
    return { exit: 1, stdout: '', stderr: String(thrown) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

const bundle = (body: string, outfile: string) =>
  build({
    stdin: { contents: body, loader: 'ts', resolveDir: root },
    alias: library,
    bundle: true,
    format: 'esm',
    // As for a page or a worker: what the blocks import must not need Node.
    platform: 'neutral',
    mainFields: ['module', 'main'],
    external: ['node:*'],
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'silent',
    outfile,
  })

const start = (command: string, args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const env = {
      ...{ ...process.env, NO_COLOR: '1', NODE_PATH: runtimes },
      PATH: `${process.env['PATH'] ?? ''}${delimiter}${join(runtimes, '.bin')}`,
    }
    const options = { cwd: root, env, timeout: 60_000 }
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      const exit = typeof error?.code === 'number' ? error.code : Number(error !== null)
      resolve({ exit, stdout, stderr })
    })
    child.stdin?.end()
  })
