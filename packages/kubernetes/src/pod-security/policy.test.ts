/**
 * Tests what policies of Pod Security Admission forbid against recorded answers of the upstream
 * library (`test/golden/pod-security.jsonl`, recorded by `test/oracle/pod-security`). Checks of
 * wrong versions or levels are detected by the same rows.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { WirePod } from '../wire/objects.js'
import { enforcedPolicy, violationsOf, wrongPolicyLabels, type SecurityPolicy } from './policy.js'

interface RecordedLine extends SecurityPolicy {
  readonly pod: Pick<WirePod, 'metadata' | 'spec'>
  readonly violations?: string
}

const golden = new URL('../../../../test/golden/pod-security.jsonl', import.meta.url)
const lines = readFileSync(golden, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as RecordedLine)

const podOf = ({ pod }: RecordedLine): WirePod => ({ apiVersion: 'v1', kind: 'Pod', ...pod })

/** The lines for which another policy than theirs, or another pod, gives another answer. */
const differing = (
  change: (line: RecordedLine) => RecordedLine = (line) => line,
): readonly RecordedLine[] =>
  lines.filter((line) => {
    const changed = change(line)
    return violationsOf(podOf(changed), changed).join(', ') !== (line.violations ?? '')
  })

describe('a policy', () => {
  it('forbids what upstream forbids, in its words', () => {
    expect(lines).toHaveLength(400)
    expect(differing()).toEqual([])
  })

  it.each<readonly [string, (line: RecordedLine) => RecordedLine]>([
    ['of the other level', (line) => ({ ...line, level: 'baseline' })],
    ['of the last version', (line) => ({ ...line, version: 'latest' })],
    ['of one version more', (line) => ({ ...line, version: nextVersion(line.version) })],
    ['without init containers', withoutField('initContainers')],
    ['without the context of the pod', withoutField('securityContext')],
    ['without `hostUsers`', withoutField('hostUsers')],
    ['without `os`', withoutField('os')],
  ])('%s gives other answers', (_, change) => expect(differing(change)).not.toEqual([]))
})

const nextVersion = (version: string): string =>
  version === 'latest' ? version : `v1.${Number(version.slice('v1.'.length)) + 1}`

function withoutField(field: keyof NonNullable<WirePod['spec']>) {
  return ({ pod, ...line }: RecordedLine): RecordedLine => {
    const { [field]: _, ...spec } = pod.spec ?? {}
    return { ...line, pod: { ...pod, spec } }
  }
}

describe('the labels of a namespace', () => {
  const enforce = 'pod-security.kubernetes.io/enforce'
  it.each<readonly [string, Readonly<Record<string, string>>, SecurityPolicy]>([
    ['without a level', {}, { level: 'privileged', version: 'latest' }],
    ['with a level', { [enforce]: 'baseline' }, { level: 'baseline', version: 'latest' }],
    [
      'with a version',
      { [enforce]: 'restricted', [`${enforce}-version`]: 'v1.25' },
      { level: 'restricted', version: 'v1.25' },
    ],
    [
      'with a level and a version that there are not',
      { [enforce]: 'high', [`${enforce}-version`]: '1.25' },
      { level: 'restricted', version: 'latest' },
    ],
    [
      'that only warn',
      { 'pod-security.kubernetes.io/warn': 'restricted' },
      { level: 'privileged', version: 'latest' },
    ],
  ])('%s', (_, labels, policy) => expect(enforcedPolicy(labels)).toEqual(policy))

  it('are wrong without a level or a version that there is', () => {
    const labels = { [enforce]: 'high', [`${enforce}-version`]: 'v1.025', [`${enforce}d`]: 'x' }
    expect(wrongPolicyLabels(labels)).toEqual([
      { label: enforce, expected: 'one of privileged, baseline, restricted' },
      { label: `${enforce}-version`, expected: '"latest" or "v1.x"' },
    ])
    expect(wrongPolicyLabels({ [enforce]: 'baseline', [`${enforce}-version`]: 'v1.99' })).toEqual(
      [],
    )
  })
})
