/**
 * Tests the checks of references among containers and from containers to volumes at registration.
 */
import { describe, expect, it } from 'vitest'
import { complaints, container, task } from '../plan/plan.fixture.js'

const a = (more: object = {}) => container({ name: 'a', ...more })
const b = (more: object = {}) => container({ name: 'b', essential: false, ...more })
const ofTask = (...containerDefinitions: readonly object[]) =>
  complaints(task('web', { containerDefinitions })).map((line) => line.slice(8))
const ofVolumes = (volumes: unknown, sourceVolume?: string) =>
  complaints(
    task('web', { volumes, containerDefinitions: [a({ mountPoints: [{ sourceVolume }] })] }),
  ).map((line) => line.slice(8))
const waitsFor = (containerName: string, condition = 'START') => ({
  dependsOn: [{ containerName, condition }],
})

describe('the names in a task definition', () => {
  it.each([
    ['waits for another', [a(waitsFor('b', 'SUCCESS')), b()]],
    ['waits for an essential one', [a(), b(waitsFor('a', 'HEALTHY'))]],
    ['waits for two that wait for none', [a({ dependsOn: [{ containerName: 'b' }] }), b()]],
    ['links to another by an alias', [a({ links: ['b:db', 'b'] }), b()]],
    ['mounts what another mounts', [a({ volumesFrom: [{ sourceContainer: 'b' }] }), b()]],
    ['routes its logs', [a(), b({ firelensConfiguration: { type: 'fluentbit' } })]],
    ['says nothing', [a({ dependsOn: [], links: null, volumesFrom: [], mountPoints: [] })]],
  ])('are right when a container %s', (_, containers) => {
    expect(ofTask(...containers)).toEqual([])
  })

  const at = 'containerDefinitions'
  const ofContainers = 'expected a container of the task: a, b'
  const inCircle = (verb: string, circle: string) =>
    `expected containers that do not ${verb} each other in a circle: ${circle}`
  it.each([
    [[a(waitsFor('c')), b()], [`[0].dependsOn[0].containerName: found "c", ${ofContainers}`]],
    [
      [a(waitsFor('a')), b()],
      [`[0].dependsOn[0].containerName: found "a", ${inCircle('wait for', 'a, a')}`],
    ],
    [
      [a(waitsFor('b')), b(waitsFor('a'))],
      [`[0].dependsOn[0].containerName: found "b", ${inCircle('wait for', 'a, b, a')}`],
    ],
    [
      [a(), b(waitsFor('a', 'COMPLETE'))],
      [
        '[1].dependsOn[0].condition: found "COMPLETE", expected START or HEALTHY, as a is essential',
      ],
    ],
    [
      [a(), b(waitsFor('a', 'SUCCESS'))],
      ['[1].dependsOn[0].condition: found "SUCCESS", expected START or HEALTHY, as a is essential'],
    ],
    [
      [a(), b(waitsFor('a', 'ENDED'))],
      [
        '[1].dependsOn[0].condition: found "ENDED", expected one of START, COMPLETE, SUCCESS, HEALTHY',
      ],
    ],
    [
      [a({ volumesFrom: [{ sourceContainer: 'c' }] }), b()],
      [`[0].volumesFrom[0].sourceContainer: found "c", ${ofContainers}`],
    ],
    [[a({ links: ['c:db'] }), b()], [`[0].links[0]: found "c:db", ${ofContainers}`]],
    [
      [a({ links: ['b'] }), b({ links: ['a:x'] })],
      [`[0].links[0]: found "b", ${inCircle('link to', 'a, b, a')}`],
    ],
    [
      [a({ firelensConfiguration: {} }), b({ firelensConfiguration: {} })],
      [
        '[1].firelensConfiguration: found an object, expected nothing, as a has one, and a task has one log router',
      ],
    ],
  ])('are wrong in %j', (containers, lines) => {
    expect(ofTask(...containers)).toEqual(lines.map((line) => `${at}${line}`))
  })
})

describe('the volumes of a task', () => {
  const docker = { dockerVolumeConfiguration: { scope: 'task' } }
  const efs = { efsVolumeConfiguration: { fileSystemId: 'fs-1' } }
  const fsx = { fsxWindowsFileServerVolumeConfiguration: { fileSystemId: 'fs-1' } }
  const host = { host: { sourcePath: '/srv' } }
  it.each([
    ['which is named', [{ name: 'data' }], 'data'],
    ['of which the name is unknown', [{ name: 'logs' }, host], 'data'],
    ['on the host', [{ name: 'data', ...host }], 'data'],
    ['as the describe calls print it', [{ name: 'data', host: {}, ...efs }], 'data'],
    [
      'as the console prints it',
      [{ name: 'data', ...docker, efsVolumeConfiguration: null }],
      'data',
    ],
  ])('are mounted: one %s', (_, volumes, mounted) => {
    expect(ofVolumes(volumes, mounted)).toEqual([])
  })

  const unknown = 'containerDefinitions[0].mountPoints[0].sourceVolume: found "data", expected'
  it.each([
    [undefined, 'data', `${unknown} a volume of the task: it has none`],
    [[{ name: 'logs' }, { name: 'x' }], 'data', `${unknown} a volume of the task: logs, x`],
    [
      [{ name: 'logs' }, { name: 'logs' }],
      'logs',
      'volumes[1].name: found "logs", expected a name that no other volume of the task has',
    ],
  ])('%j are wrong where %s is mounted', (volumes, mounted, line) => {
    expect(ofVolumes(volumes, mounted)).toEqual([line])
  })

  it.each([
    [{ ...host, ...efs }, 'host, efsVolumeConfiguration'],
    [{ ...host, ...docker }, 'host, dockerVolumeConfiguration'],
    [{ ...docker, ...fsx }, 'dockerVolumeConfiguration, fsxWindowsFileServerVolumeConfiguration'],
  ])('are provided one way, unlike %j', (kinds, found) => {
    expect(ofVolumes([{ name: 'data', ...kinds }], 'data')).toEqual([
      `volumes[0]: found ${found}, expected one configuration of a volume`,
    ])
  })
})
