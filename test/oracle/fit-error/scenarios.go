package main

import (
	"encoding/json"
	"fmt"
	"math/rand"
)

// dice draws small clusters in which most pods that are pending fit nowhere,
// for as many different reasons as there is room for.
type dice struct {
	*rand.Rand
	objects []json.RawMessage
}

type object = map[string]any
type list = []any

func (d *dice) one(of ...string) string   { return of[d.Intn(len(of))] }
func (d *dice) chance(percent int) bool   { return d.Intn(100) < percent }
func (d *dice) add(kind string, o object) { d.objects = append(d.objects, encoded(kind, o)) }

func encoded(kind string, o object) json.RawMessage {
	versions := map[string]string{"PodDisruptionBudget": "policy/v1", "StorageClass": "storage.k8s.io/v1"}
	o["apiVersion"], o["kind"] = "v1", kind
	if version, ok := versions[kind]; ok {
		o["apiVersion"] = version
	}
	text, err := json.Marshal(o)
	if err != nil {
		panic(err)
	}
	return text
}

func made(seed int64, count int) []row {
	rows := make([]row, 0, count)
	for i := 0; i < count; i++ {
		d := &dice{Rand: rand.New(rand.NewSource(seed*1_000_003 + int64(i)))}
		pending := d.cluster()
		r := row{ID: fmt.Sprintf("%d-%d", seed, i), Objects: d.objects, Pending: pending}
		if d.chance(10) {
			r.Config = d.config()
		}
		rows = append(rows, r)
	}
	return rows
}

func (d *dice) cluster() []string {
	nodes := 1 + d.Intn(5)
	if d.chance(3) {
		nodes = 0
	}
	for i := 0; i < nodes; i++ {
		d.node(fmt.Sprintf("n%d", i))
	}
	if nodes > 0 {
		for i := d.Intn(9); i > 0; i-- {
			d.placed(fmt.Sprintf("p%d", i), fmt.Sprintf("n%d", d.Intn(nodes)))
		}
	}
	if d.chance(30) {
		selector := object{"matchLabels": object{"app": "a"}}
		d.add("PodDisruptionBudget", object{
			"metadata": object{"name": "budget", "namespace": "default"},
			"spec":     object{"selector": selector},
			"status":   object{"disruptionsAllowed": d.Intn(2)},
		})
	}
	d.claims()
	var pending []string
	for i := 0; i < 2; i++ {
		name := fmt.Sprintf("q%d", i)
		d.waiting(name)
		pending = append(pending, "default/"+name)
	}
	return pending
}

func (d *dice) node(name string) {
	spec := object{}
	if d.chance(15) {
		spec["unschedulable"] = true
	}
	if d.chance(15) {
		spec["taints"] = list{object{"key": "dedicated", "effect": d.one("NoSchedule", "PreferNoSchedule")}}
	}
	allocatable := object{"cpu": d.one("1", "2", "4"), "memory": d.one("1Gi", "4Gi"), "pods": d.one("1", "3", "9")}
	if d.chance(20) {
		allocatable["example.com/gpu"] = d.one("1", "2")
	}
	d.add("Node", object{
		"metadata": object{"name": name, "labels": object{"zone": d.one("x", "y"), "kubernetes.io/hostname": name}},
		"spec":     spec,
		"status":   object{"allocatable": allocatable},
	})
}

func (d *dice) pod(name string, spec object) {
	spec["schedulerName"] = "default-scheduler"
	spec["containers"] = list{object{
		"name": "c", "image": "i",
		"ports":     d.ports(),
		"resources": object{"requests": d.requests()},
	}}
	d.add("Pod", object{
		"metadata": object{"name": name, "namespace": "default", "labels": object{"app": d.one("a", "b")}},
		"spec":     spec,
	})
}

func (d *dice) ports() list {
	if d.chance(80) {
		return list{}
	}
	return list{object{"containerPort": 80, "hostPort": 80, "protocol": "TCP"}}
}

func (d *dice) requests() object {
	requests := object{"cpu": d.one("500m", "1", "2", "3"), "memory": d.one("100Mi", "1Gi", "3Gi")}
	if d.chance(15) {
		requests["example.com/gpu"] = d.one("1", "2")
	}
	return requests
}

func (d *dice) placed(name, node string) {
	spec := object{"nodeName": node, "priority": 5 * d.Intn(2)}
	if d.chance(15) {
		spec["affinity"] = d.apart()
	}
	d.pod(name, spec)
}

func (d *dice) apart() object {
	return object{"podAntiAffinity": object{"requiredDuringSchedulingIgnoredDuringExecution": list{object{
		"topologyKey":   d.one("zone", "kubernetes.io/hostname"),
		"labelSelector": object{"matchLabels": object{"app": d.one("a", "b")}},
	}}}}
}

func (d *dice) waiting(name string) {
	spec := object{"priority": d.Intn(4) * 3}
	if d.chance(15) {
		spec["preemptionPolicy"] = "Never"
	}
	switch d.Intn(8) {
	case 0:
		spec["nodeSelector"] = object{"zone": d.one("x", "y", "z")}
	case 1:
		spec["affinity"] = d.apart()
	case 2:
		spec["affinity"] = pinned(d.one("n0", "n1", "n9"))
	case 3:
		spec["volumes"] = list{object{"name": "v", "persistentVolumeClaim": object{"claimName": d.one("late", "none", "first")}}}
	case 4:
		spec["tolerations"] = list{object{"operator": "Exists"}}
	case 5:
		spec["topologySpreadConstraints"] = list{object{
			"maxSkew": 1, "topologyKey": d.one("zone", "rack"), "whenUnsatisfiable": "DoNotSchedule",
			"labelSelector": object{"matchLabels": object{"app": "a"}},
		}}
	}
	d.pod(name, spec)
}

func pinned(node string) object {
	field := object{"key": "metadata.name", "operator": "In", "values": list{node}}
	return object{"nodeAffinity": object{"requiredDuringSchedulingIgnoredDuringExecution": object{
		"nodeSelectorTerms": list{object{"matchFields": list{field}}},
	}}}
}

// claims are two: one that nobody binds, and one that waits for its first
// consumer and for which no volume can be found.
func (d *dice) claims() {
	for _, class := range [][3]string{{"late", "slow", "Immediate"}, {"first", "lazy", "WaitForFirstConsumer"}} {
		d.add("StorageClass", object{
			"metadata":          object{"name": class[1]},
			"provisioner":       "kubernetes.io/no-provisioner",
			"volumeBindingMode": class[2],
		})
		d.add("PersistentVolumeClaim", object{
			"metadata": object{"name": class[0], "namespace": "default"},
			"spec": object{
				"storageClassName": class[1],
				"accessModes":      list{"ReadWriteOnce"},
				"resources":        object{"requests": object{"storage": "1Gi"}},
			},
		})
	}
}

func (d *dice) config() json.RawMessage {
	plugins := object{}
	if d.chance(50) {
		plugins["postFilter"] = object{"disabled": list{object{"name": d.one("*", "DefaultPreemption")}}}
	} else {
		plugins["filter"] = object{"disabled": list{object{"name": "NodeUnschedulable"}}}
	}
	text, err := json.Marshal(object{
		"apiVersion": "kubescheduler.config.k8s.io/v1",
		"kind":       "KubeSchedulerConfiguration",
		"profiles":   list{object{"plugins": plugins}},
	})
	if err != nil {
		panic(err)
	}
	return text
}
