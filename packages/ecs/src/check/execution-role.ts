/**
 * Checks that a task definition names the execution role that its containers need: for secrets, and
 * on Fargate for private images of Amazon ECR and the log driver `awslogs`.
 *
 * Source: Amazon ECS Developer Guide, "Amazon ECS task execution IAM role"; the ClientExceptions of
 * RegisterTaskDefinition ("When you are specifying container secrets, you must also specify a value
 * for 'executionRoleArn'", "Fargate requires task definition to have execution role ARN to support
 * ECR images", "... log driver awslogs").
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
