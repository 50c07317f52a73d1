/**
 * Checks the packages as users install them: packs every package, installs all by name into an
 * empty project, and runs the first examples of the README there, as an ES module and as CommonJS.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const project = mkdtempSync(join(tmpdir(), 'stowage-install-'))
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
    run('npm', ['pack', '--workspaces', '--silent', '--pack-destination', project], process.cwd())
    writeFileSync(join(project, 'package.json'), '{ "name": "embedding", "private": true }')
    writeFileSync(join(project, 'web.json'), JSON.stringify(manifest('web')))
    const packed = readdirSync(project).filter((name) => name.endsWith('.tgz'))
    const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--silent']
    run('npm', ['install', ...quiet, ...packed.map((name) => `./${name}`)], project)
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
})
