#!/usr/bin/env bash
# A scaling policy in moto moves an Auto Scaling group past its own bounds: in a group of six machines
# with a minimum of two and a maximum of nine, a policy that takes twenty away leaves a desired
# capacity of -14, and one that asks for fifty starts fifty. A test of a scaling loop sees a fleet
# that no group would have. SetDesiredCapacity goes past the maximum in the same way.
# Seen with moto 5.2.5 and boto3 1.44.8. Amazon EC2 Auto Scaling holds policies to MinSize and MaxSize.
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
    scaling.create_auto_scaling_group(
        AutoScalingGroupName='web', LaunchTemplate={'LaunchTemplateName': 'web'}, MinSize=2,
        MaxSize=9, DesiredCapacity=6, AvailabilityZones=['us-east-1a'])

    def group():
        answer = scaling.describe_auto_scaling_groups()['AutoScalingGroups'][0]
        return answer['DesiredCapacity'], len(answer['Instances'])

    def run_policy(kind, adjustment):
        scaling.put_scaling_policy(
            AutoScalingGroupName='web', PolicyName='p', PolicyType='SimpleScaling',
            AdjustmentType=kind, ScalingAdjustment=adjustment)
        scaling.execute_policy(AutoScalingGroupName='web', PolicyName='p')
        return group()

    less = run_policy('ChangeInCapacity', -20)
    more = run_policy('ExactCapacity', 50)
    scaling.set_desired_capacity(AutoScalingGroupName='web', DesiredCapacity=12)
    direct = group()
print('moto', moto.__version__, 'boto3', boto3.__version__)
print('a group of 2 to 9, desired capacity and machines after')
for name, (desired, machines) in (
        ('ChangeInCapacity -20', less), ('ExactCapacity 50', more), ('SetDesiredCapacity 12', direct)):
    print(f'  {name}: {desired}, {machines}')
sys.exit(0 if (less, more, direct) == ((-14, 0), (50, 50), (12, 12)) else 1)
PY
"$folder/venv/bin/python" "$folder/run.py"
