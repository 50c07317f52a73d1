package main

import (
	"fmt"
	"math/rand/v2"
)

// drawer draws pods whose fields are often allowed, so that a line seldom violates all rules.
type drawer struct{ *rand.Rand }

type object = map[string]any

func (d drawer) oneOf(texts ...string) string { return texts[d.IntN(len(texts))] }

func (d drawer) some(percent int) bool { return d.IntN(100) < percent }

func (d drawer) version() string {
	if d.some(40) {
		return "latest"
	}
	return fmt.Sprintf("v1.%d", d.IntN(40))
}

func (d drawer) pod() object {
	spec, annotations := object{}, object{}
	for _, field := range []string{"hostNetwork", "hostPID", "hostIPC"} {
		if d.some(6) {
			spec[field] = d.some(70)
		}
	}
	if d.some(15) {
		spec["hostUsers"] = d.some(30)
	}
	if d.some(10) {
		spec["os"] = object{"name": d.oneOf("linux", "windows", "windows")}
	}
	if d.some(60) {
		context := d.context()
		if d.some(15) {
			context["sysctls"] = d.sysctls()
		}
		spec["securityContext"] = context
	}
	names := []string{"a", "b", "c", "d"}
	d.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	lists := []string{"containers", "containers", "initContainers", "ephemeralContainers"}
	for i, name := range names[:1+d.IntN(4)] {
		list := lists[i]
		before, _ := spec[list].([]any)
		spec[list] = append(before, d.container(name))
		if d.some(5) {
			key := "container.apparmor.security.beta.kubernetes.io/" + name
			annotations[key] = d.oneOf("", "runtime/default", "localhost/x", "unconfined", "a\"b")
		}
		if d.some(5) {
			key := "container.seccomp.security.alpha.kubernetes.io/" + name
			annotations[key] = d.oneOf("runtime/default", "docker/default", "localhost/x", "unconfined", "")
		}
	}
	if d.some(5) {
		annotations["seccomp.security.alpha.kubernetes.io/pod"] = d.oneOf("runtime/default", "unconfined")
	}
	if d.some(30) {
		spec["volumes"] = d.volumes()
	}
	metadata := object{"name": "p"}
	if len(annotations) > 0 {
		metadata["annotations"] = annotations
	}
	return object{"metadata": metadata, "spec": spec}
}

func (d drawer) context() object {
	context := object{}
	if d.some(8) {
		context["appArmorProfile"] = object{"type": d.oneOf("RuntimeDefault", "Localhost", "Unconfined")}
	}
	if d.some(60) {
		context["seccompProfile"] = object{"type": d.oneOf("RuntimeDefault", "RuntimeDefault", "RuntimeDefault", "Localhost", "Unconfined")}
	}
	if d.some(8) {
		options := object{}
		for _, field := range []string{"user", "role"} {
			if d.some(20) {
				options[field] = d.oneOf("", "x")
			}
		}
		if d.some(70) {
			options["type"] = d.oneOf("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t", "spc_t", "other_t")
		}
		context["seLinuxOptions"] = options
	}
	if d.some(60) {
		context["runAsNonRoot"] = d.some(85)
	}
	if d.some(20) {
		context["runAsUser"] = d.IntN(3)
	}
	if d.some(5) {
		options := object{}
		if d.some(80) {
			options["hostProcess"] = d.some(60)
		}
		context["windowsOptions"] = options
	}
	return context
}

func (d drawer) container(name string) object {
	container := object{"name": name}
	if d.some(85) {
		context := d.context()
		if d.some(80) {
			context["allowPrivilegeEscalation"] = d.some(15)
		}
		if d.some(80) {
			capabilities := object{}
			if d.some(85) {
				capabilities["drop"] = [][]string{{"ALL"}, {"ALL"}, {"NET_RAW", "ALL"}, {"KILL"}, {}}[d.IntN(5)]
			}
			if d.some(25) {
				capabilities["add"] = [][]string{{"NET_BIND_SERVICE"}, {"CHOWN"}, {"SYS_ADMIN", "NET_RAW"}, {}, {"KILL", "SYS_TIME"}}[d.IntN(5)]
			}
			context["capabilities"] = capabilities
		}
		if d.some(8) {
			context["privileged"] = d.some(50)
		}
		if d.some(6) {
			context["procMount"] = d.oneOf("Default", "Unmasked", "Other")
		}
		container["securityContext"] = context
	}
	if d.some(12) {
		container["ports"] = []object{
			{"containerPort": 80, "hostPort": []int{0, 80, 443, 8080}[d.IntN(4)]},
			{"containerPort": 81, "hostPort": []int{0, 0, 9, 8080}[d.IntN(4)]},
		}
	}
	for _, field := range []string{"livenessProbe", "readinessProbe", "startupProbe"} {
		if d.some(6) {
			container[field] = d.handler()
		}
	}
	if d.some(6) {
		container["lifecycle"] = object{d.oneOf("postStart", "preStop"): d.handler()}
	}
	return container
}

func (d drawer) handler() object {
	target := object{"port": 80}
	if d.some(50) {
		target["host"] = d.oneOf("", "10.0.0.1", "localhost")
	}
	return object{d.oneOf("httpGet", "tcpSocket"): target}
}

func (d drawer) sysctls() []object {
	names := []string{
		"kernel.shm_rmid_forced", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time",
		"net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
		"net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem", "net.ipv4.tcp_slow_start_after_idle",
		"net.ipv4.tcp_notsent_lowat", "kernel.msgmax", "net.core.somaxconn",
	}
	var sysctls []object
	for range 1 + d.IntN(3) {
		sysctls = append(sysctls, object{"name": names[d.IntN(len(names))], "value": "1"})
	}
	return sysctls
}

func (d drawer) volumes() []object {
	var volumes []object
	for i := range 1 + d.IntN(3) {
		kind := d.oneOf("emptyDir", "configMap", "secret", "projected", "csi", "persistentVolumeClaim", "image",
			"ephemeral", "downwardAPI", "hostPath", "nfs", "awsElasticBlockStore", "rbd", "fc", "storageos")
		source := object{}
		if kind == "csi" {
			source["driver"] = "d"
		}
		if d.some(3) {
			volumes = append(volumes, object{"name": fmt.Sprintf("v%d", i)})
			continue
		}
		volumes = append(volumes, object{"name": fmt.Sprintf("v%d", i), kind: source})
	}
	return volumes
}
