package main

import (
	"fmt"

	v1 "k8s.io/api/core/v1"
	resourceapi "k8s.io/api/resource/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

const (
	gpuDriver = "gpu.example.com"
	nicDriver = "nic.example.com"
)

func typed(kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: "resource.k8s.io/v1", Kind: kind}
}

func some[T any](x T) *T { return &x }

// expressions are conditions on devices, in the subset of CEL that both
// sides evaluate; some of them fail on devices that lack an attribute.
var expressions = []string{
	`device.driver == 'gpu.example.com'`,
	`device.driver == "nic.example.com" || device.attributes["gpu.example.com"].index < 2`,
	`device.attributes["gpu.example.com"].model in ["a100", "h100"]`,
	`has(device.attributes["gpu.example.com"].model) && device.attributes["gpu.example.com"].model.startsWith("a")`,
	`device.attributes["gpu.example.com"].?model.orValue("none") != "l4"`,
	`device.attributes["gpu.example.com"].index % 2 == 0`,
	`device.attributes["gpu.example.com"].firmware.isGreaterThan(semver("1.2.3"))`,
	`device.attributes["gpu.example.com"].firmware.compareTo(semver("2.0.0-rc.1")) >= 0 ? true : device.attributes["gpu.example.com"].healthy`,
	`device.capacity["gpu.example.com"].memory.compareTo(quantity("20Gi")) >= 0`,
	`"memory" in device.capacity["gpu.example.com"] && device.capacity["gpu.example.com"].memory.isGreaterThan(quantity("10Gi"))`,
	`cel.bind(gpu, device.attributes["gpu.example.com"], gpu.index == 1 || gpu.model.contains("00"))`,
	`device.attributes["gpu.example.com"].healthy`,
	`!(has(device.attributes["gpu.example.com"].healthy)) || device.attributes["gpu.example.com"].healthy == true`,
	`device.attributes["rack.example.com"].?root.orValue("r0").endsWith("0")`,
	`["a100", "h100"].exists(m, device.attributes["gpu.example.com"].?model.orValue("") == m)`,
	`device.attributes["gpu.example.com"].model.lowerAscii().size() > 2`,
	`!device.allowMultipleAllocations`,
	`device.attributes["unknown.example.com"].x == 1`,
	`device.attributes["gpu.example.com"].model == device.attributes["gpu.example.com"].index`,
	`device.capacity["gpu.example.com"].memory.sub(quantity("1Gi")).isLessThan(quantity("39Gi"))`,
	`6 / (device.attributes["gpu.example.com"].index - 1) > 0`,
	`6 % device.attributes["gpu.example.com"].index == 0`,
	`device.attributes["gpu.example.com"].index < device.attributes["gpu.example.com"].model`,
	`["a100", "h100", "l4"][device.attributes["gpu.example.com"].index] == device.attributes["gpu.example.com"].model`,
	`device.attributes["gpu.example.com"].index + 1 >= 2 && device.attributes["gpu.example.com"].index * 1.0 < 3.5`,
	`has(device.attributes.rack) || "rack.example.com" in device.attributes`,
	`device.attributes["gpu.example.com"].model.substring(1, 2) != "1"`,
	`device.attributes["gpu.example.com"].model.substring(1, 4) == "100"`,
	`device.attributes["gpu.example.com"].model.split("1").size() == 2 && device.attributes["gpu.example.com"].model.indexOf("0") > 1`,
	`device.attributes["gpu.example.com"].model.replace("0", "1", 1) == "a110"`,
	`device.attributes["gpu.example.com"].firmware.major() == 1 && device.attributes["gpu.example.com"].firmware.minor() in [2, 10]`,
	`device.attributes["gpu.example.com"].firmware == semver("1.2.3-alpha")`,
	`device.attributes["gpu.example.com"].all(name, name != "model")`,
	`device.attributes["gpu.example.com"].exists_one(name, name == "index")`,
	`[1, 2, 3].filter(n, n > device.attributes["gpu.example.com"].index).map(n, n * 2) == [4, 6]`,
	`device.attributes["gpu.example.com"].index || true`,
	`device.attributes["gpu.example.com"].missing == 1 || device.driver.endsWith(".com")`,
	`device.capacity["gpu.example.com"].memory.isInteger() && device.capacity["gpu.example.com"].memory.asInteger() > 20000000000`,
	`device.capacity["gpu.example.com"].memory == quantity("20480Mi") || string(device.attributes["gpu.example.com"].index) == "0"`,
	`int(device.attributes["gpu.example.com"].model.charAt(1)) > 0`,
	`sign(quantity(device.attributes["gpu.example.com"].model)) == 1`,
	`sign(device.capacity["gpu.example.com"].memory) == 1`,
	`semver(device.attributes["gpu.example.com"].model).major() == 1`,
	`isQuantity(device.attributes["gpu.example.com"].model) || isSemver("1.0")`,
	`device.?attributes["gpu.example.com"].?model.hasValue()`,
	`device.attributes["gpu.example.com"][?"model"].orValue("x").upperAscii() == "L4"`,
	`-device.attributes["gpu.example.com"].index <= -1`,
}

func (g *gen) expression() []resourceapi.DeviceSelector {
	return []resourceapi.DeviceSelector{{CEL: &resourceapi.CELDeviceSelector{Expression: expressions[g.Intn(len(expressions))]}}}
}

func (g *gen) deviceTaint() resourceapi.DeviceTaint {
	return resourceapi.DeviceTaint{Key: g.one("example.com/broken", "example.com/reserved"), Value: g.one("a", "b", ""), Effect: resourceapi.DeviceTaintEffect(g.one("NoSchedule", "NoExecute", "None"))}
}

// uniform scenarios give every device every attribute, so that no selector fails.
func (g *gen) gpu(i int, uniform bool) resourceapi.Device {
	d := resourceapi.Device{Name: fmt.Sprintf("gpu-%d", i), Attributes: map[resourceapi.QualifiedName]resourceapi.DeviceAttribute{}, Capacity: map[resourceapi.QualifiedName]resourceapi.DeviceCapacity{}}
	has := func() bool { return uniform || g.chance(93) }
	if has() {
		d.Attributes["model"] = resourceapi.DeviceAttribute{StringValue: some(g.one("a100", "h100", "l4"))}
	}
	if has() {
		d.Attributes["index"] = resourceapi.DeviceAttribute{IntValue: some(int64(i))}
	}
	if has() {
		d.Attributes["gpu.example.com/healthy"] = resourceapi.DeviceAttribute{BoolValue: some(g.chance(70))}
	}
	if has() {
		d.Attributes["firmware"] = resourceapi.DeviceAttribute{VersionValue: some(g.one("1.2.3", "1.10.0", "2.0.0-rc.1", "2.0.0", "1.2.3-alpha+build"))}
	}
	if g.chance(80) {
		d.Attributes["rack.example.com/root"] = resourceapi.DeviceAttribute{StringValue: some(g.one("r0", "r1"))}
	}
	if has() {
		d.Capacity["memory"] = resourceapi.DeviceCapacity{Value: resource.MustParse(g.one("10Gi", "20Gi", "40Gi"))}
	}
	if g.chance(8) {
		d.Taints = append(d.Taints, g.deviceTaint())
	}
	return d
}

// shareable lets several claims share the device by its memory.
func (g *gen) shareable(d *resourceapi.Device) {
	d.AllowMultipleAllocations = some(true)
	c := resourceapi.DeviceCapacity{Value: resource.MustParse("40Gi")}
	switch g.Intn(3) {
	case 0:
		c.RequestPolicy = &resourceapi.CapacityRequestPolicy{Default: some(resource.MustParse("1Gi")), ValidRange: &resourceapi.CapacityRequestPolicyRange{Min: some(resource.MustParse("1Gi")), Max: some(resource.MustParse(g.one("30Gi", "40Gi"))), Step: some(resource.MustParse(g.one("1Gi", "4Gi", "512Mi")))}}
	case 1:
		c.RequestPolicy = &resourceapi.CapacityRequestPolicy{Default: some(resource.MustParse("10Gi")), ValidValues: []resource.Quantity{resource.MustParse("10Gi"), resource.MustParse("20Gi")}}
	}
	d.Capacity["memory"] = c
}

func (g *gen) slice(name, driver, pool string, generation, count int64) *resourceapi.ResourceSlice {
	return &resourceapi.ResourceSlice{TypeMeta: typed("ResourceSlice"), ObjectMeta: metav1.ObjectMeta{Name: name, UID: types.UID(name)}, Spec: resourceapi.ResourceSliceSpec{Driver: driver, Pool: resourceapi.ResourcePool{Name: pool, Generation: generation, ResourceSliceCount: count}}}
}

func (g *gen) gpusOf(node string, uniform bool) {
	slices := 1 + g.Intn(2)
	count := int64(slices)
	if g.chance(5) {
		count++ // incomplete
	}
	generation := int64(1 + g.Intn(2))
	if generation == 2 && g.chance(30) {
		old := g.slice("old-"+node, gpuDriver, node, 1, 1)
		old.Spec.NodeName, old.Spec.Devices = &node, []resourceapi.Device{g.gpu(9, uniform)}
		g.add(old)
	}
	partitioned := g.chance(15)
	if partitioned {
		count++
		set := g.slice("counters-"+node, gpuDriver, node, generation, count)
		set.Spec.NodeName = &node
		set.Spec.SharedCounters = []resourceapi.CounterSet{{Name: "card", Counters: map[string]resourceapi.Counter{"memory": {Value: resource.MustParse("40Gi")}, "slots": {Value: resource.MustParse("7")}}}}
		g.add(set)
	}
	shared, conditional := g.chance(20), g.chance(6)
	for i := 0; i < slices; i++ {
		s := g.slice(fmt.Sprintf("%s-gpu-%c", node, 'b'-byte(i)), gpuDriver, node, generation, count)
		s.Spec.NodeName = &node
		for k := 0; k <= g.Intn(3); k++ {
			index := 4*i + k
			if g.chance(1) {
				index = 0 // maybe a name that is there twice
			}
			d := g.gpu(index, uniform)
			if shared && g.chance(70) {
				g.shareable(&d)
			}
			if partitioned {
				use := resourceapi.DeviceCounterConsumption{CounterSet: "card", Counters: map[string]resourceapi.Counter{"memory": {Value: resource.MustParse(g.one("10Gi", "20Gi", "40Gi"))}}}
				if g.chance(50) {
					use.Counters["slots"] = resourceapi.Counter{Value: resource.MustParse(g.one("1", "3", "4"))}
				}
				if g.chance(2) {
					use.CounterSet = "missing"
				}
				d.ConsumesCounters = append(d.ConsumesCounters, use)
			}
			if conditional && g.chance(50) {
				d.BindingConditions, d.BindingFailureConditions = []string{"example.com/attached"}, []string{"example.com/failed"}
				d.BindsToNode = some(g.chance(50))
			}
			s.Spec.Devices = append(s.Spec.Devices, d)
		}
		g.add(s)
	}
}

func (g *gen) zoneSelector() *v1.NodeSelector {
	return &v1.NodeSelector{NodeSelectorTerms: []v1.NodeSelectorTerm{{MatchExpressions: []v1.NodeSelectorRequirement{{Key: zoneKey, Operator: v1.NodeSelectorOperator(g.one("In", "NotIn")), Values: []string{g.one("z0", "z1", "z2")}}}}}}
}

// nics publishes devices that many nodes reach.
func (g *gen) nics(uniform bool) {
	for i := 0; i <= g.Intn(2); i++ {
		pool := fmt.Sprintf("fabric-%d", i)
		s := g.slice(pool, nicDriver, pool, 1, 1)
		kind := g.Intn(3)
		switch kind {
		case 0:
			s.Spec.AllNodes = some(true)
		case 1:
			s.Spec.NodeSelector = g.zoneSelector()
		default:
			s.Spec.PerDeviceNodeSelection = some(true)
		}
		for k := 0; k <= g.Intn(3); k++ {
			d := g.gpu(k, uniform)
			d.Name = fmt.Sprintf("nic-%d", k)
			if uniform {
				for _, name := range []resourceapi.QualifiedName{"model", "index", "firmware"} {
					d.Attributes[gpuDriver+"/"+name] = d.Attributes[name]
				}
				d.Capacity[gpuDriver+"/memory"] = d.Capacity["memory"]
			}
			if kind == 2 {
				switch g.Intn(3) {
				case 0:
					d.AllNodes = some(true)
				case 1:
					d.NodeSelector = g.zoneSelector()
				default:
					d.NodeName = some(fmt.Sprintf("n%03d", g.Intn(4)))
				}
			}
			if g.chance(15) {
				g.shareable(&d)
			}
			s.Spec.Devices = append(s.Spec.Devices, d)
		}
		g.add(s)
	}
}

func (g *gen) deviceTolerations() []resourceapi.DeviceToleration {
	if !g.chance(20) {
		return nil
	}
	t := resourceapi.DeviceToleration{Key: g.one("example.com/broken", "example.com/reserved", ""), Operator: resourceapi.DeviceTolerationOperator(g.one("Exists", "Equal")), Effect: resourceapi.DeviceTaintEffect(g.one("", "NoSchedule", "NoExecute"))}
	if t.Key == "" {
		t.Operator = "Exists"
	}
	if t.Operator == "Equal" {
		t.Value = g.one("a", "b")
	}
	return []resourceapi.DeviceToleration{t}
}

func (g *gen) capacityRequest() *resourceapi.CapacityRequirements {
	if !g.chance(20) {
		return nil
	}
	return &resourceapi.CapacityRequirements{Requests: map[resourceapi.QualifiedName]resource.Quantity{"memory": resource.MustParse(g.one("500Mi", "5Gi", "10Gi", "15Gi", "35Gi"))}}
}

func (g *gen) className() string {
	if g.chance(2) {
		return "missing"
	}
	return g.one("gpu", "gpu", "gpu", "big-gpu", "nic", "any")
}

func (g *gen) exact() *resourceapi.ExactDeviceRequest {
	r := &resourceapi.ExactDeviceRequest{DeviceClassName: g.className(), AllocationMode: resourceapi.DeviceAllocationModeExactCount, Count: int64([]int{1, 1, 1, 2, 2, 3}[g.Intn(6)]), Tolerations: g.deviceTolerations(), Capacity: g.capacityRequest()}
	if g.chance(35) {
		r.Selectors = g.expression()
	}
	if g.chance(12) {
		r.AllocationMode, r.Count = resourceapi.DeviceAllocationModeAll, 0
	}
	if g.chance(8) {
		r.AdminAccess = some(true)
	}
	return r
}

func (g *gen) claimSpec() resourceapi.ResourceClaimSpec {
	spec := resourceapi.ResourceClaimSpec{}
	names := []string{}
	for i := 0; i <= g.Intn(10)/6; i++ {
		name := fmt.Sprintf("r%d", i)
		r := resourceapi.DeviceRequest{Name: name}
		names = append(names, name)
		if g.chance(25) {
			for k := 0; k <= 1+g.Intn(2); k++ {
				e := g.exact()
				sub := resourceapi.DeviceSubRequest{Name: fmt.Sprintf("s%d", k), DeviceClassName: e.DeviceClassName, Selectors: e.Selectors, AllocationMode: e.AllocationMode, Count: e.Count, Tolerations: e.Tolerations, Capacity: e.Capacity}
				r.FirstAvailable = append(r.FirstAvailable, sub)
				if g.chance(30) {
					names = append(names, name+"/"+sub.Name)
				}
			}
		} else {
			r.Exactly = g.exact()
		}
		spec.Devices.Requests = append(spec.Devices.Requests, r)
	}
	if g.chance(25) {
		c := resourceapi.DeviceConstraint{}
		if g.chance(50) {
			c.Requests = []string{names[g.Intn(len(names))]}
		}
		attribute := resourceapi.FullyQualifiedName(g.one("gpu.example.com/model", "rack.example.com/root", "gpu.example.com/index", "gpu.example.com/firmware"))
		if g.chance(65) {
			c.MatchAttribute = &attribute
		} else {
			c.DistinctAttribute = &attribute
		}
		spec.Devices.Constraints = append(spec.Devices.Constraints, c)
	}
	return spec
}

// publishDevices adds slices, classes, templates and claims.
func (g *gen) publishDevices(nodes int) {
	uniform := g.chance(70)
	for i := 0; i < nodes; i++ {
		if g.chance(80) {
			g.gpusOf(fmt.Sprintf("n%03d", i), uniform)
		}
	}
	if g.chance(60) {
		g.nics(uniform)
	}
	cel := func(expression string) []resourceapi.DeviceSelector {
		return []resourceapi.DeviceSelector{{CEL: &resourceapi.CELDeviceSelector{Expression: expression}}}
	}
	class := func(name string, selectors []resourceapi.DeviceSelector, extended string) {
		c := &resourceapi.DeviceClass{TypeMeta: typed("DeviceClass"), ObjectMeta: metav1.ObjectMeta{Name: name}, Spec: resourceapi.DeviceClassSpec{Selectors: selectors}}
		if extended != "" {
			c.Spec.ExtendedResourceName = &extended
		}
		g.add(c)
	}
	extended := ""
	if g.chance(75) {
		extended = "example.com/gpu"
	}
	class("gpu", cel(`device.driver == "gpu.example.com"`), extended)
	class("big-gpu", cel(`device.driver == "gpu.example.com" && has(device.capacity["gpu.example.com"].memory) && device.capacity["gpu.example.com"].memory.compareTo(quantity("20Gi")) >= 0`), "")
	class("nic", cel(`device.driver == "nic.example.com"`), "")
	class("any", nil, "")
	if g.chance(20) {
		rule := &resourceapi.DeviceTaintRule{TypeMeta: typed("DeviceTaintRule"), ObjectMeta: metav1.ObjectMeta{Name: "rule", UID: "rule"}, Spec: resourceapi.DeviceTaintRuleSpec{DeviceSelector: &resourceapi.DeviceTaintSelector{}, Taint: g.deviceTaint()}}
		if g.chance(70) {
			rule.Spec.DeviceSelector.Driver = some(g.one(gpuDriver, nicDriver))
		}
		if g.chance(50) {
			rule.Spec.DeviceSelector.Pool = some(fmt.Sprintf("n%03d", g.Intn(nodes)))
		}
		if g.chance(50) {
			rule.Spec.DeviceSelector.Device = some(fmt.Sprintf("gpu-%d", g.Intn(3)))
		}
		g.add(rule)
	}
	for _, ns := range []string{"default", "prod"} {
		for i := 0; i < 4; i++ {
			g.add(&resourceapi.ResourceClaimTemplate{TypeMeta: typed("ResourceClaimTemplate"), ObjectMeta: metav1.ObjectMeta{Name: fmt.Sprintf("template-%d", i), Namespace: ns}, Spec: resourceapi.ResourceClaimTemplateSpec{Spec: g.claimSpec()}})
		}
		for i := 0; i < 3; i++ {
			g.add(g.resourceClaim(fmt.Sprintf("claim-%d", i), ns, nodes))
		}
	}
}

// resourceClaim is a claim that pods share. An allocated one is in use by two
// other pods, so that the scheduler never takes its devices back.
func (g *gen) resourceClaim(name, ns string, nodes int) *resourceapi.ResourceClaim {
	c := &resourceapi.ResourceClaim{TypeMeta: typed("ResourceClaim"), ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: ns, UID: types.UID(ns + "/" + name)}, Spec: g.claimSpec()}
	if g.chance(5) {
		gone := metav1.Now()
		c.DeletionTimestamp, c.Finalizers = &gone, []string{"example.com/wait"}
	}
	if g.chance(60) {
		return c
	}
	node := fmt.Sprintf("n%03d", g.Intn(nodes))
	result := resourceapi.DeviceRequestAllocationResult{Request: "r0", Driver: gpuDriver, Pool: node, Device: fmt.Sprintf("gpu-%d", g.Intn(5))}
	if g.chance(15) {
		result.AdminAccess = some(true)
	}
	if g.chance(15) {
		result.ShareID = some(types.UID("9a1b2c3d-0000-4000-8000-00000000000" + fmt.Sprint(g.Intn(9))))
		result.ConsumedCapacity = map[resourceapi.QualifiedName]resource.Quantity{"memory": resource.MustParse(g.one("10Gi", "20Gi"))}
	}
	c.Status.Allocation = &resourceapi.AllocationResult{Devices: resourceapi.DeviceAllocationResult{Results: []resourceapi.DeviceRequestAllocationResult{result}}}
	switch g.Intn(4) {
	case 0:
	case 1:
		c.Status.Allocation.NodeSelector = g.zoneSelector()
	default:
		c.Status.Allocation.NodeSelector = &v1.NodeSelector{NodeSelectorTerms: []v1.NodeSelectorTerm{{MatchFields: []v1.NodeSelectorRequirement{{Key: "metadata.name", Operator: "In", Values: []string{node}}}}}}
	}
	for _, user := range []string{"user-a", "user-b"} {
		c.Status.ReservedFor = append(c.Status.ReservedFor, resourceapi.ResourceClaimConsumerReference{Resource: "pods", Name: user, UID: types.UID(user)})
	}
	return c
}

// claimDevices makes the pod claim devices, or request an extended resource.
func (g *gen) claimDevices(p *v1.Pod) {
	refer := func(name string) {
		ref := v1.PodResourceClaim{Name: name}
		switch {
		case g.chance(70):
			ref.ResourceClaimTemplateName = some(fmt.Sprintf("template-%d", g.Intn(4)))
		case g.chance(95):
			ref.ResourceClaimName = some(fmt.Sprintf("claim-%d", g.Intn(3)))
		case g.chance(50):
			ref.ResourceClaimName = some("missing")
		default:
			ref.ResourceClaimTemplateName = some("missing")
		}
		p.Spec.ResourceClaims = append(p.Spec.ResourceClaims, ref)
	}
	if g.chance(75) {
		refer("a")
	}
	if g.chance(20) {
		refer("b")
	}
	if g.chance(25) {
		names := []string{"example.com/gpu", "example.com/gpu", "deviceclass.resource.kubernetes.io/nic", "deviceclass.resource.kubernetes.io/big-gpu"}
		name := v1.ResourceName(names[g.Intn(len(names))])
		ask := func(c *v1.Container) {
			c.Resources.Requests[name] = resource.MustParse(g.one("1", "1", "2"))
			c.Resources.Limits = v1.ResourceList{name: c.Resources.Requests[name]}
		}
		ask(&p.Spec.Containers[0])
		if len(p.Spec.Containers) > 1 && g.chance(30) {
			ask(&p.Spec.Containers[1])
		}
		if g.chance(25) {
			c := g.container("init")
			ask(&c)
			if g.chance(40) {
				always := v1.ContainerRestartPolicyAlways
				c.RestartPolicy = &always
			}
			p.Spec.InitContainers = append(p.Spec.InitContainers, c)
		}
	}
}
