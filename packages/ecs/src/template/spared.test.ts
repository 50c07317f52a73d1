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
