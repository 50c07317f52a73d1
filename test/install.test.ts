/**
 * Checks the packages as users install them: installs all by name into an empty project, by the
 * command for that, and runs the first examples of the README there, as an ES module and as
 * CommonJS.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const project = mkdtempSync(join(tmpdir(), 'stowage-install-'))
const clone = mkdtempSync(join(tmpdir(), 'stowage-clone-'))
const run = (command: string, args: readonly string[], cwd: string): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const manifest = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, resources: { requests: { cpu: '500m' } } }] },
    },
  },
})
const question = `
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'one' }, status: { allocatable: { cpu: '2', pods: '9' } } }
  const read = readKubernetes([{ from: 'here', value: node }, { from: 'here', value: ${JSON.stringify(manifest('web'))} }])
  console.log(JSON.stringify(planOnNodes(read.right).plan.nodes[0].holds))
`
const answer = '[{"name":"default/web","count":2}]\n'

describe('an empty project', () => {
  beforeAll(() => {
    writeFileSync(join(project, 'package.json'), '{ "name": "embedding", "private": true }')
    writeFileSync(join(project, 'web.json'), JSON.stringify(manifest('web')))
    run('npm', ['run', '--silent', 'install-into', '--', project], process.cwd())
  }, 120_000)
  afterAll(() => {
    rmSync(project, { recursive: true })
  })

  it('embeds a package by its name, as a module and required', () => {
    const imported = `import { planOnNodes, readKubernetes } from '@stowage/kubernetes'\n${question}`
    const required = `const { planOnNodes, readKubernetes } = require('@stowage/kubernetes')\n${question}`
    expect(run('node', ['--input-type=module', '--eval', imported], project)).toBe(answer)
    expect(run('node', ['--input-type=commonjs', '--eval', required], project)).toBe(answer)
  })

  it('has the command line', () => {
    const plan = run('npx', ['--no', 'stowage', 'plan', 'web.json', '--nodes', 'm5.large'], project)
    expect(plan).toContain('Kubernetes on 1 node: all 2 pods placed')
  })

  it('names files that go with the project', () => {
    const { dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>
    }
    const files = Object.values(dependencies)
    expect(files).toHaveLength(9)
    for (const file of files) expect(file).toMatch(/^file:vendor\/stowage\/stowage-[\w.-]+\.tgz$/)
  })
})

/** The status and the standard error of a command that fails. */
const failed = (
  command: string,
  args: readonly string[],
  cwd: string,
): readonly [number, string] => {
  try {
    run(command, args, cwd)
  } catch (error) {
    const { status, stderr } = error as { readonly status: number; readonly stderr: string }
    return [status, stderr]
  }
  return [0, '']
}

it('says in a line that a clone was not built', () => {
  const bin = join(clone, 'bin')
  mkdirSync(bin, { recursive: true })
  copyFileSync('packages/cli/bin/stowage.js', join(bin, 'stowage.js'))
  writeFileSync(join(clone, 'package.json'), '{ "type": "module" }')
  const [status, text] = failed(process.execPath, [join(bin, 'stowage.js'), '--help'], clone)
  expect([status, text]).toEqual([
    1,
    'stowage: this clone is not built; run `npm install && npm run build` in it first\n',
  ])
  rmSync(clone, { recursive: true })
})

it('installs into no folder that is no project', () => {
  const into = (...args: readonly string[]) =>
    failed(process.execPath, ['.config/install-into.js', ...args], process.cwd())
  expect(into()).toEqual([1, expect.stringContaining('name the folder of a project')])
  expect(into('docs')).toEqual([1, expect.stringContaining('has no package.json')])
  expect(into('packages/cli', 'cube')).toEqual([1, expect.stringContaining('no package cube')])
})
