/**
 * Defines the types of the fields `securityContext` of a pod and of a container, as the API has
 * them. They have the fields that admission reads.
 */

/** A profile of AppArmor or seccomp, such as `RuntimeDefault`. */
export interface WireProfile {
  readonly type?: string
  readonly localhostProfile?: string
}

/** What the security contexts of pods and of containers have in common. */
export interface WireSecurityContext {
  readonly appArmorProfile?: WireProfile
  readonly seccompProfile?: WireProfile
  readonly seLinuxOptions?: {
    readonly user?: string
    readonly role?: string
    readonly type?: string
  }
  readonly runAsNonRoot?: boolean
  readonly runAsUser?: number
  readonly windowsOptions?: { readonly hostProcess?: boolean }
}

/** The security context of a pod. */
export interface WirePodSecurityContext extends WireSecurityContext {
  readonly sysctls?: readonly { readonly name?: string; readonly value?: string }[]
}

/** The security context of a container. */
export interface WireContainerSecurityContext extends WireSecurityContext {
  readonly allowPrivilegeEscalation?: boolean
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] }
  readonly privileged?: boolean
  readonly procMount?: string
}
