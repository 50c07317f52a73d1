/** Tests `types`, which lists the machine types that `--nodes` may name. */
import { describe, expect, it } from 'vitest'
import { run } from './program.js'

const none = (): Promise<string> => Promise.resolve('')
const types = (...args: readonly string[]) => run(['types', ...args], none)

describe('types', () => {
  it('has the sizes of a family, the smallest first, and what they leave', async () => {
    const { out, status } = await types('m5')
    expect(out).toMatch(/^m5.large +2 +8192Mi +x86_64 +1930m, 6903Mi, 29 pods /m)
    expect(out).toMatch(/2048 CPU, 7577Mi, 2 ENI, 10 ENI with a trunk$/m)
    expect(out.match(/^m5\.\w+/gm)?.slice(0, 3)).toEqual(['m5.large', 'm5.xlarge', 'm5.2xlarge'])
    expect(status).toBe(0)
  })
  it('says the same as a plan of one machine', async () => {
    const capacity = await run(['capacity', '--nodes', 'g5.2xlarge'], none)
    const { out } = await types('g5.2xlarge', '--output', 'json')
    const { types: found } = JSON.parse(out) as {
      types: readonly {
        left: Readonly<Record<string, readonly { resource: string; amount: number }[]>>
      }[]
    }
    const amountOf = (platform: string, resource: string) =>
      found[0]!.left[platform]!.find((one) => one.resource === resource)!.amount
    expect(capacity.out).toContain(`/${amountOf('kubernetes', 'cpu')}m`)
    expect(capacity.out).toContain(`/${amountOf('kubernetes', 'pods')} `)
    expect(capacity.out).toContain(`/${amountOf('ecs', 'CPU')} `)
  })
  it('has a row for some of very many, and for each in wide', async () => {
    const { out } = await types()
    expect(out).toMatch(/^\d+ more: a pattern selects some, --output wide shows each$/m)
    expect(out.split('\n').length).toBeLessThan(50)
    expect((await types('--output', 'wide')).out.split('\n').length).toBeGreaterThan(500)
  })
  it('has prices, where there are some', async () => {
    const { out } = await types('m5.*large', '--prices', 'docs/prices/us-east-1.yaml')
    expect(out).toMatch(/USD PER HOUR US-EAST-1 2026-07-20$/m)
    expect(out).toMatch(/^m5.large .* 0.096$/m)
    const few = await types('m5', '--prices', 'docs/examples/prices.yaml')
    expect(few.out).toMatch(/^m5.xlarge .* not known$/m)
  })
  it('reads a catalogue', async () => {
    const own = {
      'own.big': {
        VCpuInfo: { DefaultVCpus: 7 },
        MemoryInfo: { SizeInMiB: 1024 },
        NetworkInfo: { MaximumNetworkInterfaces: 2, Ipv4AddressesPerInterface: 3 },
        ProcessorInfo: { SupportedArchitectures: ['arm64'] },
      },
    }
    const stdin = () => Promise.resolve(JSON.stringify(own))
    const { out } = await run(['types', 'own*', '--catalogue', '-'], stdin)
    expect(out).toMatch(/^own.big +7 +1024Mi +arm64 /m)
  })
  it('suggests names', async () => {
    const { out, status } = await types('m5.lrage')
    expect(out).toMatch(/^no machine type that is known has such a name; near are m5/)
    expect(status).toBe(1)
    const json = JSON.parse((await types('m5.lrage', '--output', 'json')).out) as object
    expect(json).toMatchObject({
      types: [],
      near: [expect.stringContaining('m5'), expect.anything(), expect.anything()],
    })
  })
})
