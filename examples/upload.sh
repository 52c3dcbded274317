#!/bin/sh
# Send newspapers to a running server. Where it runs, WENBAO_UPDATE_KEY must be set to the same key.
# sh examples/upload.sh http://127.0.0.1:7860 page.txt
set -eu
curl -sS --fail-with-body "${1%/}/api/update" -H "authorization: Bearer $WENBAO_UPDATE_KEY" -F "files=@$2"
