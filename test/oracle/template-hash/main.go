// Command template-hash says what upstream Kubernetes writes into the label pod-template-hash of
// pod templates, a JSON object a line, so that our own hashes can be held against it. It reads
// lines with a field template. With the argument fields it prints the fields of the types that a
// template is made of, in the order of their declaration.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"reflect"
	"sort"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apps "k8s.io/kubernetes/pkg/apis/apps/v1"
	"k8s.io/kubernetes/pkg/controller"
)

type line struct {
	Template json.RawMessage `json:"template"`
	Hash     string          `json:"hash"`
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "fields" {
		printFields()
		return
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var one line
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			log.Fatal(err)
		}
		one.Hash = hashOf(one.Template)
		text, err := json.Marshal(one)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(string(text))
	}
}

// hashOf gives the template its defaults, stores it and reads it again, as the API server and a
// controller do together.
func hashOf(template json.RawMessage) string {
	var deployment, stored appsv1.Deployment
	if err := json.Unmarshal(template, &deployment.Spec.Template); err != nil {
		log.Fatal(err)
	}
	apps.SetObjectDefaults_Deployment(&deployment)
	text, err := json.Marshal(deployment)
	if err != nil {
		log.Fatal(err)
	}
	if err := json.Unmarshal(text, &stored); err != nil {
		log.Fatal(err)
	}
	return controller.ComputeHash(&stored.Spec.Template, nil)
}

func printFields() {
	types := map[reflect.Type]bool{}
	collect(reflect.TypeOf(corev1.PodTemplateSpec{}), types)
	var lines []string
	for each := range types {
		var fields []string
		for i := range each.NumField() {
			field := each.Field(i)
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			fields = append(fields, fmt.Sprintf("%s/%s:%s", field.Name, name, field.Type))
		}
		lines = append(lines, each.String()+" "+strings.Join(fields, " "))
	}
	sort.Strings(lines)
	fmt.Println(strings.Join(lines, "\n"))
}

func collect(of reflect.Type, types map[reflect.Type]bool) {
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		collect(of.Elem(), types)
	case reflect.Struct:
		if types[of] {
			return
		}
		types[of] = true
		for i := range of.NumField() {
			collect(of.Field(i).Type, types)
		}
	}
}
