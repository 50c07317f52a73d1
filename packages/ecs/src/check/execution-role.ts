/**
 * Checks that a task definition has an `executionRoleArn` if its containers need one. They need one
 * for secrets, and on Fargate also for private Amazon ECR images and for the log driver `awslogs`.
 *
 * Source: Amazon ECS Developer Guide, "Amazon ECS task execution IAM role"; messages of
 * RegisterTaskDefinition, such as "Fargate requires task definition to have execution role ARN to
 * support ECR images".
 */
import type { Complaint } from '../words/complaint.js'
import { isPrivateImage, type ContainerDefinition } from '../words/container-definition.js'
import { isFor, type TaskDefinition } from '../words/task-definition.js'

/** At most one complaint, which names the first container that needs the role and why. */
export const checkExecutionRole = (definition: TaskDefinition): readonly Complaint[] => {
  if ((definition.executionRoleArn ?? undefined) !== undefined) return []
  const onFargate = isFor(definition, 'FARGATE')
  const [first] = definition.containerDefinitions.flatMap((container) => {
    const need = roleNeed(container, onFargate)
    return need === undefined ? [] : [`${need} of its container ${container.name}`]
  })
  return first === undefined
    ? []
    : [{ at: ['executionRoleArn'], expected: `the ARN of a role, for ${first}` }]
}

const roleNeed = (
  { secrets, image, logConfiguration }: ContainerDefinition,
  onFargate: boolean,
): string | undefined => {
  if ((secrets ?? undefined) !== undefined) return 'the secrets'
  if (!onFargate) return undefined
  if (typeof image === 'string' && isPrivateImage(image)) return 'the private image, on Fargate,'
  return logConfiguration?.logDriver === 'awslogs'
    ? 'the log driver awslogs, on Fargate,'
    : undefined
}
