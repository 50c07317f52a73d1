/**
 * Validates the names by which the containers of a task definition refer to each other
 * (`dependsOn`, `links`, `volumesFrom`) and to volumes (`mountPoints`): every name must exist, and
 * there must be no cycle. Names that a template leaves unresolved are skipped.
 *
 * Sources: Amazon ECS API Reference, ContainerDependency, ContainerDefinition, MountPoint and
 * Volume; messages of RegisterTaskDefinition in scpwiki/wikijump pull request 869, ansible/ansible
 * issue 35751 and eagletmt/hako pull request 54.
 */
import { duplicates, type Path } from '@stowage/documents'
import { circles } from '../template/circle.js'
import type { Complaint } from '../words/complaint.js'
import { isEssential, type ContainerDefinition } from '../words/container-definition.js'
import type { Volume } from '../words/host-setting.js'
import type { TaskDefinition } from '../words/task-definition.js'

/** A name of a container, with its place in the container that has it. */
interface NamedContainer {
  readonly at: Path
  readonly name: string
}

/** All complaints about names of containers and volumes. */
export const checkNamesInTask = (definition: TaskDefinition): readonly Complaint[] => [
  ...checkVolumes(definition.volumes ?? []),
  ...checkMountPoints(definition),
  ...checkContainerNames(definition, dependenciesOf),
  ...checkCircle(definition, dependenciesOf, 'wait for'),
  ...checkConditions(definition),
  ...checkContainerNames(definition, sourcesOf),
  ...checkLinks(definition),
  ...checkLogRouters(definition),
]

/** The ways to provide a volume beside a folder of the host. */
const volumeKinds = [
  'dockerVolumeConfiguration',
  'efsVolumeConfiguration',
  'fsxWindowsFileServerVolumeConfiguration',
] as const

/** A host without a path is printed beside others, and is as good as none. */
const checkVolumes = (volumes: readonly Volume[]): readonly Complaint[] => [
  ...duplicates(volumes, ({ name }) => name).map(({ index }) => ({
    at: ['volumes', index, 'name'],
    expected: 'a name that no other volume of the task has',
  })),
  ...volumes.flatMap((volume, i) => {
    const kinds = [
      ...((volume.host?.sourcePath ?? '') === '' ? [] : ['host']),
      ...volumeKinds.filter((kind) => volume[kind] !== undefined),
    ]
    return kinds.length <= 1
      ? []
      : [{ at: ['volumes', i], found: kinds.join(', '), expected: 'one configuration of a volume' }]
  }),
]

/** A volume whose name is open may be the one that a container mounts. */
const checkMountPoints = ({ volumes = [], containerDefinitions }: TaskDefinition) => {
  const names = volumes.flatMap(({ name }) => (name === undefined ? [] : [name]))
  if (names.length < volumes.length) return []
  return containerDefinitions.flatMap(({ mountPoints = [] }, i) =>
    mountPoints.flatMap(({ sourceVolume }, k) =>
      sourceVolume === undefined || names.includes(sourceVolume)
        ? []
        : [
            {
              at: ['containerDefinitions', i, 'mountPoints', k, 'sourceVolume'],
              expected: `a volume of the task: ${names.join(', ') || 'it has none'}`,
            },
          ],
    ),
  )
}

const dependenciesOf = ({ dependsOn = [] }: ContainerDefinition): readonly NamedContainer[] =>
  dependsOn.flatMap(({ containerName: name }, k) =>
    name === undefined ? [] : [{ at: ['dependsOn', k, 'containerName'], name }],
  )

const sourcesOf = ({ volumesFrom = [] }: ContainerDefinition): readonly NamedContainer[] =>
  volumesFrom.flatMap(({ sourceContainer: name }, k) =>
    name === undefined ? [] : [{ at: ['volumesFrom', k, 'sourceContainer'], name }],
  )

const linksOf = ({ links = [] }: ContainerDefinition): readonly NamedContainer[] =>
  links.flatMap((link, k) =>
    typeof link === 'string' ? [{ at: ['links', k], name: link.split(':')[0]! }] : [],
  )

type NamesIn = (container: ContainerDefinition) => readonly NamedContainer[]

const checkContainerNames = (
  { containerDefinitions }: TaskDefinition,
  namesIn: NamesIn,
): readonly Complaint[] =>
  containerDefinitions.flatMap((container, i) =>
    namesIn(container)
      .filter(({ name }) => !containerDefinitions.some((other) => other.name === name))
      .map(({ at }) => ({
        at: ['containerDefinitions', i, ...at],
        expected: `a container of the task: ${containerDefinitions.map(({ name }) => name).join(', ')}`,
      })),
  )

/** A circle is told of its first container, at the name that leads on. */
const checkCircle = (
  { containerDefinitions }: TaskDefinition,
  namesIn: NamesIn,
  verb: string,
): readonly Complaint[] => {
  const graph = new Map(
    containerDefinitions.map((each) => [each.name, new Set(namesIn(each).map(({ name }) => name))]),
  )
  return circles(graph).flatMap((circle) => {
    const i = containerDefinitions.findIndex(({ name }) => name === circle[0])
    const step = namesIn(containerDefinitions[i]!).find(({ name }) => name === circle[1])
    const expected = `containers that do not ${verb} each other in a circle: ${circle.join(', ')}`
    return step === undefined ? [] : [{ at: ['containerDefinitions', i, ...step.at], expected }]
  })
}

/** An essential container that ends stops its task, so nothing can wait for its end. */
const checkConditions = ({ containerDefinitions }: TaskDefinition): readonly Complaint[] =>
  containerDefinitions.flatMap(({ dependsOn = [] }, i) =>
    dependsOn.flatMap(({ containerName, condition }, k) =>
      (condition === 'COMPLETE' || condition === 'SUCCESS') &&
      containerDefinitions.some((other) => other.name === containerName && isEssential(other))
        ? [
            {
              at: ['containerDefinitions', i, 'dependsOn', k, 'condition'],
              expected: `START or HEALTHY, as ${containerName} is essential`,
            },
          ]
        : [],
    ),
  )

/** In every mode but bridge a link is refused as such. */
const checkLinks = (definition: TaskDefinition): readonly Complaint[] =>
  (definition.networkMode ?? 'bridge') === 'bridge'
    ? [...checkContainerNames(definition, linksOf), ...checkCircle(definition, linksOf, 'link to')]
    : []

/** One container at most routes the logs of the others. */
const checkLogRouters = ({ containerDefinitions }: TaskDefinition): readonly Complaint[] =>
  duplicates(containerDefinitions, ({ firelensConfiguration }) =>
    firelensConfiguration === undefined ? undefined : 'router',
  ).map(({ index, first }) => ({
    at: ['containerDefinitions', index, 'firelensConfiguration'],
    expected: `nothing, as ${first.name} has one, and a task has one log router`,
  }))
