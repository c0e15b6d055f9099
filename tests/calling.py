"""A person's program at the API: posts carry their own Idempotency-Key, a refusal is read as a problem."""

from functools import cached_property
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from rest_framework.test import APIClient

from foundation.outbox.actions import drain

HOME = "/api/v1/"


class Caller:
    """One client, signed in once it asks. `get` and `post` answer what was said; `refused` answers the problem."""

    def __init__(self, user=None, **headers):
        self.user, self.headers = user, headers

    @cached_property
    def client(self):
        client = APIClient(headers=self.headers)
        if self.user is not None:
            client.force_login(self.user)
        return client

    def ask(self, path, **query):
        """Whatever is answered to a GET."""
        return self.client.get(HOME + path if not path.startswith("/") else path, query)

    def get(self, path, **query):
        answer = self.ask(path, **query)
        assert answer.status_code == 200, (path, answer.status_code, answer.content[:600])
        return answer.json()

    def send(self, path, key=None, **said):
        """Whatever is answered to a POST; with a file in it, as a form."""
        drain()
        files = any(isinstance(value, UploadedFile) for value in said.values())
        answer = self.client.post(
            HOME + path if not path.startswith("/") else path, said, format="multipart" if files else "json",
            headers={"Idempotency-Key": key or str(uuid4())},
        )  # fmt: skip
        drain()
        return answer

    def post(self, path, key=None, **said):
        answer = self.send(path, key, **said)
        assert answer.status_code in (200, 201), (path, answer.status_code, answer.content[:600])
        return answer.json()

    def refused(self, path, status=409, **said):
        """The problem of a refusal, which is said as one."""
        answer = self.send(path, **said)
        assert answer.status_code == status, (path, answer.status_code, answer.content[:600])
        assert answer["Content-Type"] == "application/problem+json"
        problem = answer.json()
        assert problem["status"] == status
        return problem
