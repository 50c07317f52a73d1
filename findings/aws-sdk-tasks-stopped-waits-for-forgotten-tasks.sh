#!/usr/bin/env bash
# The waiter for stopped tasks never ends for tasks that stopped long ago. ECS forgets a stopped
# task, and DescribeTasks then has it among `failures` as MISSING; the waiter knows no such answer
# and asks until its time is over. Asked for two tasks of
# which one is forgotten, it succeeds. The waiter for running tasks fails at once for the same answer.
# Seen with @aws-sdk/client-ecs 3.1164.0. ECS promises stopped tasks for at least one hour.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
npm install --silent --no-fund --no-audit @aws-sdk/client-ecs@3.1164.0 >/dev/null 2>&1 || exit 2
cat > run.mjs <<'JS'
import { ECSClient, waitUntilTasksRunning, waitUntilTasksStopped } from '@aws-sdk/client-ecs'

const outcome = async (wait, tasks, answer) => {
  let calls = 0
  const client = new ECSClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: {
      metadata: { handlerProtocol: 'h1' },
      handle: async () => {
        calls += 1
        return {
          response: {
            statusCode: 200,
            headers: { 'content-type': 'application/x-amz-json-1.1' },
            body: new Response(JSON.stringify(answer)).body,
          },
        }
      },
    },
  })
  try {
    const { state } = await wait({ client, maxWaitTime: 4, minDelay: 1, maxDelay: 1 }, { tasks })
    return [state, calls]
  } catch (error) {
    return [error.name, calls]
  }
}

const missing = { arn: 'a', reason: 'MISSING' }
const seen = {
  'waitUntilTasksStopped, forgotten': await outcome(waitUntilTasksStopped, ['a'], { tasks: [], failures: [missing] }),
  'waitUntilTasksStopped, one forgotten, one STOPPED': await outcome(
    waitUntilTasksStopped, ['a', 'b'], { tasks: [{ lastStatus: 'STOPPED' }], failures: [missing] }),
  'waitUntilTasksRunning, forgotten': await outcome(waitUntilTasksRunning, ['a'], { tasks: [], failures: [missing] }),
}
console.log('@aws-sdk/client-ecs 3.1164.0')
for (const [name, [state, calls]] of Object.entries(seen)) {
  console.log(`${name}: ${state} after ${calls === 1 ? '1 call' : 'several calls'}`)
}
const [stopped, both, running] = Object.values(seen)
const isSame =
  stopped[0] === 'TimeoutError' && stopped[1] > 1 && both[0] === 'SUCCESS' && running[0] === 'Error' && running[1] === 1
process.exit(isSame ? 0 : 1)
JS
node --no-warnings run.mjs
