#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks the API server of $KUBECONFIG for one path and prints "ANSWER " and the JSON in one line: ask.py PATH."""
import json
import os
import sys

from api_over_http import Server

print("ANSWER " + json.dumps(Server(os.environ["KUBECONFIG"]).ask("GET", sys.argv[1])[1]))
