"""Sound models to be spoilt, in the language of engine_models."""

from __future__ import annotations

BASES = {
    "approval": """
        start s
        user intake role=clerk state=received actions="accept correct"
        xor x
        receive fix message=correction
        boundary late on=fix timer=P5D
        user decide role=decider actions="grant deny"
        xor y
        service licence job=licence
        end granted outcome=granted
        end denied outcome=denied
        end lapsed outcome=not_corrected
        s > intake > x
        x > fix if action = "correct"
        x > decide default
        fix > intake
        late > lapsed
        decide > y
        y > licence if action = "grant"
        y > denied default
        licence > granted
    """,
    "parallel": """
        start s
        and g
        user a role=r
        user b role=r times=3 until="numberOfCompletedInstances = 2"
        script c feel="a + 1" result=c
        and j
        or o
        task d
        task f
        or oj
        end e
        s > g > a > j
        g > b > j
        g > c > j
        j > o
        o > d if c > 1
        o > f default
        d > oj > e
        f > oj
    """,
    "scopes": """
        start s
        sub inner {
          start i
          user u role=r
          boundary err on=u escalation=slow keep
          task note
          end n
          end o error=E1
          i > u > o
          err > note > n
        }
        boundary caught on=inner error=E1
        call k calls=other
        events w
        catch m message=M
        catch t timer=PT2H
        catch z signal=S
        throw l link=L
        catch lt link=L
        end e
        end f
        s > inner > k > w
        caught > f
        w > m > l
        w > t > e
        w > z > e
        lt > f
        handler h {
          start hs message=stop
          task ht
          end he terminate
          hs > ht > he
        }
    """,
    "inspection": """
        start s timer=PT1H
        user plan role=planner repeat="again = true" max=5
        sub visit times=2 sequential {
          start vs
          user inspect role=inspector
          boundary ill on=inspect timer=P1D
          catch photos message=photos
          task write
          end ve
          vs > inspect > photos > write > ve
          ill > write
        }
        xor x
        send warn message=warning
        rule assess decision=risk
        xor m
        and g
        task file
        task publish
        and j
        end closed outcome=done
        s > plan > visit > assess > x
        x > warn if risk = "high"
        x > m default
        warn > m > g
        g > file > j > closed
        g > publish > j
    """,
}
