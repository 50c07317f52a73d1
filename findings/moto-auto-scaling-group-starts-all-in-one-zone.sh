#!/usr/bin/env bash
# An Auto Scaling group in moto starts every machine in one zone, whether it names three zones or a
# subnet in each of three; the group itself still lists all of them. What a test then says of zones,
# of a spread of tasks or of a lost zone, it says of a fleet with one.
# Seen with moto 5.2.5 and boto3 1.44.8. Amazon EC2 Auto Scaling keeps a group's zones in balance.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" && "$folder/venv/bin/pip" install -q 'moto[autoscaling,ec2]==5.2.5' 'boto3==1.44.8' || exit 2
cat > "$folder/run.py" <<'PY'
import os, sys
os.environ.update(AWS_ACCESS_KEY_ID='a', AWS_SECRET_ACCESS_KEY='b', AWS_DEFAULT_REGION='us-east-1')
import boto3
import moto
from moto import mock_aws

with mock_aws():
    ec2, scaling = boto3.client('ec2'), boto3.client('autoscaling')
    image = ec2.describe_images()['Images'][0]['ImageId']
    ec2.create_launch_template(LaunchTemplateName='web', LaunchTemplateData={
        'ImageId': image, 'InstanceType': 't3.micro'})
    subnets = {one['AvailabilityZone']: one['SubnetId'] for one in ec2.describe_subnets()['Subnets']}
    zones = sorted(subnets)[:3]
    common = {'LaunchTemplate': {'LaunchTemplateName': 'web'}, 'MinSize': 0, 'MaxSize': 9, 'DesiredCapacity': 9}
    scaling.create_auto_scaling_group(
        AutoScalingGroupName='by zones', AvailabilityZones=zones, **common)
    scaling.create_auto_scaling_group(
        AutoScalingGroupName='by subnets', VPCZoneIdentifier=','.join(subnets[zone] for zone in zones), **common)
    groups = scaling.describe_auto_scaling_groups()['AutoScalingGroups']
    seen = [(one['AutoScalingGroupName'], len(one['AvailabilityZones']), len(one['Instances']),
             len({machine['AvailabilityZone'] for machine in one['Instances']})) for one in groups]
print('moto', moto.__version__, 'boto3', boto3.__version__)
for name, zones, machines, used in seen:
    print(f'{name}: {zones} zones, {machines} machines in {used} zone(s)')
sys.exit(0 if len(seen) == 2 and all(row[1:] == (3, 9, 1) for row in seen) else 1)
PY
"$folder/venv/bin/python" "$folder/run.py"
