#!/usr/bin/env bash
# moto's RunTask takes placementConstraints and placementStrategy and answers without an error, but
# places as if neither were there: a `memberOf` that no instance satisfies, `distinctInstance` and
# `spread` all put every task on the first instance with room. A test that relies on moto to refuse
# or to spread tasks can only pass.
# Seen with moto 5.2.5 and boto3 1.44.8. On Amazon ECS an expression that nothing satisfies is a failure.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" && "$folder/venv/bin/pip" install -q 'moto[ecs,ec2]==5.2.5' 'boto3==1.44.8' || exit 2
cat > "$folder/run.py" <<'PY'
import json, os, sys
os.environ.update(AWS_ACCESS_KEY_ID='a', AWS_SECRET_ACCESS_KEY='b', AWS_DEFAULT_REGION='us-east-1')
import boto3
import moto
from moto import mock_aws
from moto.ec2 import utils

with mock_aws():
    ec2, ecs = boto3.client('ec2'), boto3.client('ecs')
    ecs.create_cluster(clusterName='c')
    image = ec2.describe_images()['Images'][0]['ImageId']
    machines = ec2.run_instances(ImageId=image, MinCount=2, MaxCount=2)['Instances']
    for machine in machines:
        document = utils.generate_instance_identity_document(
            boto3.resource('ec2').Instance(machine['InstanceId']))
        ecs.register_container_instance(
            cluster='c', instanceIdentityDocument=json.dumps(document))
    ecs.register_task_definition(family='web', containerDefinitions=[
        {'name': 'web', 'image': 'web', 'cpu': 128, 'memory': 64}])

    def places(**placement):
        answer = ecs.run_task(cluster='c', taskDefinition='web', count=2, **placement)
        hosts = {task['containerInstanceArn'] for task in answer['tasks']}
        return len(answer['tasks']), len(hosts), len(answer['failures'])

    seen = {
        'memberOf that nothing satisfies': places(placementConstraints=[
            {'type': 'memberOf', 'expression': 'attribute:stack == nowhere'}]),
        'distinctInstance': places(placementConstraints=[{'type': 'distinctInstance'}]),
        'spread by instance': places(placementStrategy=[{'type': 'spread', 'field': 'instanceId'}]),
    }
print('moto', moto.__version__, 'boto3', boto3.__version__)
for name, (tasks, hosts, failures) in seen.items():
    print(f'{name}: {tasks} tasks on {hosts} instance(s), {failures} failures')
sys.exit(0 if all(one == (2, 1, 0) for one in seen.values()) else 1)
PY
"$folder/venv/bin/python" "$folder/run.py"
