#!/usr/bin/env bash
# The waiter for deleted services, given several of them, succeeds as soon as one is INACTIVE,
# while the others still run: its first rule asks whether any service is. The waiter for stable
# services of the same client asks that all are. A script that deletes the services of a cluster,
# waits and then deletes the cluster fails by timing.
# Seen with @aws-sdk/client-ecs 3.1164.0; the answers are those of DescribeServices.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
npm install --silent --no-fund --no-audit @aws-sdk/client-ecs@3.1164.0 >/dev/null 2>&1 || exit 2
cat > run.mjs <<'JS'
import { ECSClient, waitUntilServicesInactive, waitUntilServicesStable } from '@aws-sdk/client-ecs'

/** A client whose every call has this answer. */
const clientOf = (answer) =>
  new ECSClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: {
      metadata: { handlerProtocol: 'h1' },
      handle: async () => ({
        response: {
          statusCode: 200,
          headers: { 'content-type': 'application/x-amz-json-1.1' },
          body: new Response(JSON.stringify(answer)).body,
        },
      }),
    },
  })

const service = (serviceName, status, desiredCount, runningCount) => ({
  serviceName,
  status,
  desiredCount,
  runningCount,
  deployments: status === 'INACTIVE' ? [] : [{ status: 'PRIMARY' }],
})

const outcome = async (wait, ...services) => {
  const settings = { client: clientOf({ services, failures: [] }), maxWaitTime: 3, minDelay: 1, maxDelay: 1 }
  try {
    const names = services.map(({ serviceName }) => serviceName)
    return (await wait(settings, { services: names })).state
  } catch (error) {
    return error.name
  }
}

const gone = service('a', 'INACTIVE', 0, 0)
const draining = service('b', 'DRAINING', 0, 3)
const seen = {
  'waitUntilServicesInactive, one DRAINING': await outcome(waitUntilServicesInactive, draining),
  'waitUntilServicesInactive, one INACTIVE, one DRAINING with 3 tasks': await outcome(waitUntilServicesInactive, gone, draining),
  'waitUntilServicesStable, one stable, one with 1 task of 2': await outcome(
    waitUntilServicesStable, service('a', 'ACTIVE', 2, 2), service('b', 'ACTIVE', 2, 1)),
}
console.log('@aws-sdk/client-ecs 3.1164.0')
for (const [name, state] of Object.entries(seen)) console.log(`${name}: ${state}`)
process.exit(Object.values(seen).join() === 'TimeoutError,SUCCESS,TimeoutError' ? 0 : 1)
JS
node --no-warnings run.mjs
