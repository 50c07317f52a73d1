#!/usr/bin/env bash
# A disruption budget of a Karpenter NodePool with a schedule that never occurs is active at every
# moment. `0 0 31 2 *` passes the pattern of the NodePool's schema; the cron library answers the next
# occurrence of 31 February with the zero time, which lies before now, and so the window is open.
# With `nodes: "0"` such a budget blocks all disruption for good.
# Seen with sigs.k8s.io/karpenter v1.14.0.
set -u
command -v go >/dev/null || { echo 'needs Go'; exit 2; }
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder" || exit 2
cat > go.mod <<'MOD'
module finding

go 1.26.0

require sigs.k8s.io/karpenter v1.14.0
MOD
cat > main.go <<'GO'
package main

import (
	"fmt"
	"os"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	clock "k8s.io/utils/clock/testing"
	v1 "sigs.k8s.io/karpenter/pkg/apis/v1"
)

func activeDays(schedule string) int {
	budget := v1.Budget{Nodes: "0", Schedule: &schedule, Duration: &metav1.Duration{Duration: time.Hour}}
	count := 0
	for day := 0; day < 365; day++ {
		noon := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, day)
		active, err := budget.IsActive(clock.NewFakeClock(noon))
		if err != nil {
			fmt.Println(schedule, err)
			os.Exit(1)
		}
		if active {
			count++
		}
	}
	return count
}

func main() {
	never, daily, yearly := activeDays("0 0 31 2 *"), activeDays("30 11 * * *"), activeDays("30 11 1 3 *")
	fmt.Println("karpenter v1.14.0, looked at noon of each of 365 days, windows of an hour")
	fmt.Println("30 11 * * *  (daily)            active on", daily, "days")
	fmt.Println("30 11 1 3 *  (1 March)          active on", yearly, "days")
	fmt.Println("0 0 31 2 *   (31 February)      active on", never, "days")
	if never != 365 || daily != 365 || yearly != 1 {
		os.Exit(1)
	}
}
GO
go mod tidy >/dev/null 2>&1 || { echo 'could not install'; exit 2; }
go run .
