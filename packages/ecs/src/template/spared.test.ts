/**
 * Tests that unresolved values (unknown before the stack is created) are accepted in fields that
 * placement does not need, such as subnets and health checks.
 */
import { describe, expect, it } from 'vitest'
import { complaints, input, service, taskDefinition, template } from './template.fixture.js'

const open = { Parameters: { Open: { Type: 'String' } } }
const ref = { Ref: 'Open' }
const awsvpc = { Task: taskDefinition({ NetworkMode: 'awsvpc' }) }
const withNetwork = (NetworkConfiguration: unknown) => ({
  Web: service(NetworkConfiguration === undefined ? {} : { NetworkConfiguration }),
})

describe('a network that a template leaves open', () => {
  it.each([
    ['of open subnets', { AwsvpcConfiguration: { Subnets: ref } }],
    ['with an open subnet', { AwsvpcConfiguration: { Subnets: [ref, 'subnet-a'] } }],
    ['that may be there', ref],
    ['that may be empty', { AwsvpcConfiguration: ref }],
  ])('is a network: one %s', (_, network) => {
    expect(complaints(template({ ...awsvpc, ...withNetwork(network) }, open))).toEqual([])
  })
  it('is refused where no network is allowed, unless it may be absent', () => {
    const given = { AwsvpcConfiguration: { Subnets: ref } }
    expect(complaints(template(withNetwork(given), open))).toEqual([
      'a/web.yaml, Resources.Web.Properties.NetworkConfiguration: found a network, expected nothing, as the networkMode of the task definition is bridge',
    ])
    expect(complaints(template(withNetwork(ref), open))).toEqual([])
  })
  it('is required in awsvpc mode', () => {
    expect(complaints(template({ ...awsvpc, ...withNetwork(undefined) }))).toEqual([
      'a/web.yaml, Resources.Web.Properties.NetworkConfiguration: found nothing, expected subnets, as the networkMode of the task definition is awsvpc',
    ])
  })
})

describe('a field that only Fargate looks at', () => {
  it('may be open', () => {
    const container = {
      ...{ Name: 'main', Memory: 64, Links: [ref], DnsServers: ref, Hostname: ref },
      ...{ LinuxParameters: { MaxSwap: ref, Devices: [{ HostPath: ref }] }, ExtraHosts: ref },
    }
    const definition = taskDefinition({
      ...{ ContainerDefinitions: [container], IpcMode: ref },
      Volumes: [{ Name: 'a', Host: { SourcePath: ref } }],
    })
    const [web] = input(template({ Task: definition }, open)).workloads
    expect(web?.definition.containerDefinitions[0]).toMatchObject({
      linuxParameters: { devices: [{}] },
    })
    expect(web?.definition.volumes).toEqual([{ name: 'a', host: {} }])
  })
})

describe('a field that only registration checks', () => {
  const openIn = (more: object, properties: object = {}) =>
    complaints(
      template(
        {
          Task: taskDefinition({
            ContainerDefinitions: [{ Name: 'main', Memory: 64, ...more }],
            ...properties,
          }),
        },
        open,
      ),
    )
  const mount = (volume: unknown) => ({ MountPoints: [{ SourceVolume: volume }] })
  it.each([
    ['a whole list', { DependsOn: ref, MountPoints: ref, VolumesFrom: ref, Ulimits: ref }, {}],
    ['an item', { DependsOn: [ref], MountPoints: [ref], VolumesFrom: [ref], Ulimits: [ref] }, {}],
    ['the container that is waited for', { DependsOn: [{ ContainerName: ref }] }, {}],
    ['the source of volumes', { VolumesFrom: [{ SourceContainer: ref }] }, {}],
    ['the source of a mount point', mount(ref), {}],
    ['a link', { Links: [ref] }, {}],
    ['all volumes', mount('data'), { Volumes: ref }],
    ['a volume', mount('data'), { Volumes: [ref] }],
    ['the name of a volume', mount('data'), { Volumes: [{ Name: ref }] }],
    ['a health check', { HealthCheck: ref }, {}],
    ['a number of a health check', { HealthCheck: { Interval: ref, Timeout: ref } }, {}],
    ['a limit', { Ulimits: [{ SoftLimit: 9, HardLimit: ref }] }, {}],
    ['the modes', {}, { PidMode: ref, IpcMode: ref }],
    ['a log router', { FirelensConfiguration: ref }, {}],
  ])('may be open: %s', (_, more, properties) => {
    expect(openIn(more, properties)).toEqual([])
  })

  const at = 'a/web.yaml, Resources.Task.Properties.ContainerDefinitions[0]'
  it.each([
    [
      mount('data'),
      `${at}.MountPoints[0].SourceVolume: found "data", expected a volume of the task: it has none`,
    ],
    [
      { HealthCheck: { Interval: '4', Timeout: ref } },
      `${at}.HealthCheck.Interval: found 4, expected from 5 to 300`,
    ],
    [
      { DependsOn: [ref, { ContainerName: 'db', Condition: ref }] },
      `${at}.DependsOn[1].ContainerName: found "db", expected a container of the task: main`,
    ],
  ])('is checked where it is known: %j', (more, line) => {
    expect(openIn(more)).toEqual([line])
  })
})

describe('the network and the load balancers of a service', () => {
  const network = (AssignPublicIp: unknown) => ({
    NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ref, AssignPublicIp } },
  })
  const ofService = (more: object) =>
    complaints(template({ ...awsvpc, Web: service({ LaunchType: 'EC2', ...more }) }, open))
  const at = 'a/web.yaml, Resources.Web.Properties'
  it('assign no public address on EC2, also in open subnets', () => {
    expect(ofService(network('ENABLED'))).toEqual([
      `${at}.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp: found "ENABLED", expected DISABLED, as the launch type is EC2`,
    ])
    expect(ofService(network('DISABLED'))).toEqual([])
    expect(ofService(network(ref))).toEqual([])
  })
  const closed = network('DISABLED')
  it('may be open', () => {
    const served = { ContainerName: ref, ContainerPort: ref, TargetGroupArn: ref }
    expect(ofService({ ...closed, LoadBalancers: ref, ServiceRegistries: [ref] })).toEqual([])
    expect(ofService({ ...closed, LoadBalancers: [served] })).toEqual([])
  })
  it('are checked where they are known', () => {
    const served = { ContainerName: 'x', ContainerPort: '80', TargetGroupArn: ref }
    expect(ofService({ ...closed, LoadBalancers: [served] })).toEqual([
      `${at}.LoadBalancers[0].ContainerName: found "x", expected a container of the task definition: main`,
    ])
  })
})
