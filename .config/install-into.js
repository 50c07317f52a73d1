/**
 * Installs the packages of this clone into another project, as if they came from the npm registry.
 * `npm run install-into -- ../project` installs all packages; with names after the folder, such as
 * `kubernetes`, only these and the packages that they depend on. The packed files go to
 * `vendor/stowage` of that project, so that its lock file can refer to them and another machine can
 * install them.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join, resolve } from 'node:path'

const clone = fileURLToPath(new URL('..', import.meta.url))
// npm runs a script in the clone, and says where it was called from.
const [target, ...names] = process.argv.slice(2)
const project = resolve(process.env.INIT_CWD ?? process.cwd(), target ?? '')

const manifestOf = (folder) =>
  JSON.parse(readFileSync(join(clone, 'packages', folder, 'package.json'), 'utf8'))
const folders = readdirSync(join(clone, 'packages')).filter(
  (folder) => manifestOf(folder).private !== true,
)

const refuse = (text) => {
  console.error(`install-into: ${text}`)
  process.exit(1)
}
if (target === undefined) refuse('name the folder of a project, as in `-- ../project`')
if (!existsSync(join(project, 'package.json')))
  refuse(`${project} has no package.json; run \`npm init -y\` there first`)
for (const name of names)
  if (!folders.includes(name)) refuse(`no package ${name}; there are ${folders.join(', ')}`)

/** The folders of packages and of all of this clone that they depend on. */
const wanted = new Set(names.length > 0 ? names : folders)
for (const folder of wanted)
  for (const name of Object.keys(manifestOf(folder).dependencies ?? {}))
    if (name.startsWith('@stowage/')) wanted.add(name.slice('@stowage/'.length))

for (const folder of wanted)
  if (!existsSync(join(clone, 'packages', folder, 'dist')))
    refuse('this clone is not built; run `npm run build` first')

const into = join(project, 'vendor', 'stowage')
mkdirSync(into, { recursive: true })
const npm = (args, cwd) =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
const workspaces = [...wanted].map((folder) => `--workspace=packages/${folder}`)
const packed = JSON.parse(npm(['pack', '--json', '--pack-destination', into, ...workspaces], clone))
const files = packed.map(({ filename }) => `./vendor/stowage/${filename}`)
npm(['install', '--no-audit', '--no-fund', '--prefer-offline', ...files], project)
console.log(`installed ${packed.map(({ name }) => name).join(', ')} into ${project}`)
