#!/bin/sh
# Ask, search, count and read with curl.   sh examples/curl.sh http://127.0.0.1:7860
set -eu
server=${1%/}

curl -sS --fail -G "$server/api/ask" --data-urlencode "question=智汇谷产业基地计划新增多少个就业岗位？"
curl -sS --fail "$server/api/ask" -H "content-type: application/json" \
  -d '{"question": "它有多少企业进驻？", "history": [{"question": "智汇谷产业基地计划新增多少个就业岗位？"}], "limit": 2}'
curl -sS --fail -G "$server/api/search" --data-urlencode "question=网格员" -d limit=3
curl -sS --fail -G "$server/api/snippets" --data-urlencode "words=就业岗位"
curl -sS --fail -G "$server/api/facets" --data-urlencode "words=网格"
curl -sS --fail "$server/api/issues"
