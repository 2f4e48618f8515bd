# SPDX-License-Identifier: Apache-2.0
"""The cases that kubectl.py runs, one module for each thing people do with kubectl; every public function is a case."""
