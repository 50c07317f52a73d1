// Command pod-security says what upstream's Pod Security Admission forbids in random pods, so that
// our own checks can be held against it. Each line is a JSON object with a level, a version, a pod
// and, where the pod violates the policy, the violations as the message of the API server has them.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

type line struct {
	Level      string         `json:"level"`
	Version    string         `json:"version"`
	Pod        map[string]any `json:"pod"`
	Violations string         `json:"violations,omitempty"`
}

func main() {
	seed := flag.Uint64("seed", 1, "draws the pods")
	count := flag.Int("count", 100, "how many lines")
	flag.Parse()
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		log.Fatal(err)
	}
	draw := drawer{rand.New(rand.NewPCG(*seed, 0))}
	for range *count {
		one := line{Level: draw.oneOf("baseline", "restricted", "restricted"), Version: draw.version(), Pod: draw.pod()}
		one.Violations = violations(evaluator, one)
		text, err := json.Marshal(one)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(string(text))
	}
}

func violations(evaluator policy.Evaluator, one line) string {
	text, err := json.Marshal(one.Pod)
	if err != nil {
		log.Fatal(err)
	}
	var pod struct {
		metav1.ObjectMeta `json:"metadata"`
		Spec              corev1.PodSpec `json:"spec"`
	}
	if err := json.Unmarshal(text, &pod); err != nil {
		log.Fatal(err)
	}
	level, err := api.ParseLevel(one.Level)
	if err != nil {
		log.Fatal(err)
	}
	version, err := api.ParseVersion(one.Version)
	if err != nil {
		log.Fatal(err)
	}
	results := policy.AggregateCheckResults(
		evaluator.EvaluatePod(api.LevelVersion{Level: level, Version: version}, &pod.ObjectMeta, &pod.Spec))
	return results.ForbiddenDetail()
}
