"""The flow that every engine is measured on: start → user task → XOR → AND split, three user tasks, join →
service task → end; five commands with a payload of 570 bytes. No other module of ours, so that peers may use it."""

from __future__ import annotations

PAYLOAD = {f"field_{n:02}": "x" * 20 for n in range(16)} | {"amount": 150}
ANSWER = {"checked": True}

MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:bench" id="d">
<process id="p" isExecutable="true">
<startEvent id="s"/>
<userTask id="intake"/>
<exclusiveGateway id="x" default="small"/>
<parallelGateway id="g"/>
<userTask id="a"/><userTask id="b"/><userTask id="c"/>
<parallelGateway id="j"/>
<serviceTask id="file"/>
<endEvent id="e"/>
<endEvent id="n"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="intake"/>
<sequenceFlow id="f2" sourceRef="intake" targetRef="x"/>
<sequenceFlow id="f3" sourceRef="x" targetRef="g"><conditionExpression>amount &gt; 100</conditionExpression></sequenceFlow>
<sequenceFlow id="small" sourceRef="x" targetRef="n"/>
<sequenceFlow id="f4" sourceRef="g" targetRef="a"/>
<sequenceFlow id="f5" sourceRef="g" targetRef="b"/>
<sequenceFlow id="f6" sourceRef="g" targetRef="c"/>
<sequenceFlow id="f7" sourceRef="a" targetRef="j"/>
<sequenceFlow id="f8" sourceRef="b" targetRef="j"/>
<sequenceFlow id="f9" sourceRef="c" targetRef="j"/>
<sequenceFlow id="f10" sourceRef="j" targetRef="file"/>
<sequenceFlow id="f11" sourceRef="file" targetRef="e"/>
</process>
</definitions>
"""

LOOP = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:bench" id="d">
<process id="p" isExecutable="true">
<startEvent id="s"/>
<userTask id="fill"/>
<userTask id="check"/>
<exclusiveGateway id="x" default="on"/>
<endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="fill"/>
<sequenceFlow id="f2" sourceRef="fill" targetRef="check"/>
<sequenceFlow id="f3" sourceRef="check" targetRef="x"/>
<sequenceFlow id="f4" sourceRef="x" targetRef="fill"><conditionExpression>again</conditionExpression></sequenceFlow>
<sequenceFlow id="on" sourceRef="x" targetRef="e"/>
</process>
</definitions>
"""
