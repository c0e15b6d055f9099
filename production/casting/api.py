"""Trees for programs: bags that wait for a pour, and one tree from its wax to the weights that come back."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.api.acts import Act, person, read
from foundation.api.fields import Milligrams, Named, Words
from foundation.api.once import once_api
from foundation.api.permissions import holding
from foundation.api.problems import refusing
from foundation.api.signing import Witnessed
from foundation.house.models import Site
from foundation.people.signing import CannotSign
from production.casting import actions
from production.casting.actions import Outcome
from production.casting.bags import waiting
from production.casting.flow import AT_THE_FURNACE, TreeState
from production.casting.models import Charged, Place, Tree
from production.casting.trees import HEAVIEST_TREE_MG, NotATree
from production.metal.allowances import LossNeedsWitness
from production.metal.books import NotEnoughMetal, OtherEntry
from production.metal.ledger import DoesNotBalance, MoreThanCharged, NotAWeight
from production.metal.models import Lot
from production.tickets.actions import NotEvidence
from production.tickets.models import Operation

FURNACE = holding(*AT_THE_FURNACE)
REFUSALS = (
    actions.CannotPlan, actions.WrongCharge, actions.WrongOutturn, NotATree, NotEvidence, CannotSign, LossNeedsWitness,
    NotEnoughMetal, OtherEntry, DoesNotBalance, MoreThanCharged, NotAWeight,
)  # fmt: skip


class PlaceOut(serializers.ModelSerializer[Place]):
    class Meta:
        model = Place
        fields = ["ticket", "operation", "pieces", "pattern", "pattern_mg", "cast_pieces", "cast_mg"]


class ChargedOut(serializers.ModelSerializer[Charged]):
    lot = serializers.CharField(source="lot.number", default="", read_only=True)

    class Meta:
        model = Charged
        fields = ["lot", "gross_mg"]


class TreeOut(serializers.ModelSerializer[Tree]):
    """A tree. `wanted_mg` is the charge worked out from its wax; charge = pieces + sprue and button + scrap + loss."""

    places = PlaceOut(many=True, read_only=True)
    charges = ChargedOut(many=True, read_only=True)

    class Meta:
        model = Tree
        fields = [
            "number", "state", "alloy", "flask", "tree_mg", "base_mg", "wanted_mg", "flask_c", "pour_c", "poured_at", "charge_mg",
            "pieces_mg", "sprue_and_button_mg", "scrap_mg", "loss_mg", "places", "charges",
        ]  # fmt: skip


class WaitingOut(serializers.ModelSerializer[Operation]):
    ticket = serializers.CharField(source="ticket.number", read_only=True)
    alloy = serializers.CharField(source="ticket.alloy", read_only=True)
    quantity = serializers.IntegerField(source="ticket.quantity", read_only=True)
    due_at = serializers.DateTimeField(source="ticket.due_at", read_only=True)

    class Meta:
        model = Operation
        fields = ["id", "ticket", "alloy", "quantity", "due_at"]


class PlanIn(serializers.Serializer[Any]):
    """Casting operations that wait, by their ids: all of one alloy."""

    operations = serializers.ListField(child=serializers.IntegerField(min_value=1), min_length=1, max_length=100)


class TreeSeen(serializers.Serializer[Any]):
    """The state as it was when the client looked."""

    state = serializers.ChoiceField(TreeState.choices, required=False)


class PatternIn(serializers.Serializer[Any]):
    ticket = Words(max_length=12)
    pattern_mg = Milligrams()


class BuildIn(TreeSeen):
    patterns = PatternIn(many=True, allow_empty=False)
    tree_mg = Milligrams(most=HEAVIEST_TREE_MG)
    base_mg = Milligrams(most=HEAVIEST_TREE_MG)
    flask = Words(max_length=20, allow_blank=True, default="")


class LotIn(serializers.Serializer[Any]):
    lot = Named(queryset=Lot.objects.all(), slug_field="number")
    gross_mg = Milligrams(most=HEAVIEST_TREE_MG)


class ChargeIn(TreeSeen):
    lots = LotIn(many=True)
    returns_mg = Milligrams(least=0, most=HEAVIEST_TREE_MG, default=0)


class PourIn(TreeSeen):
    flask_c = serializers.IntegerField(min_value=0, max_value=3000)
    pour_c = serializers.IntegerField(min_value=0, max_value=3000)


class CastIn(serializers.Serializer[Any]):
    ticket = Words(max_length=12)
    pieces = serializers.IntegerField(min_value=0, max_value=1000)
    cast_mg = Milligrams(least=0)


class BackIn(Witnessed, TreeSeen):
    pieces = CastIn(many=True, allow_empty=False)
    sprue_and_button_mg = Milligrams(least=0, most=HEAVIEST_TREE_MG)
    scrap_mg = Milligrams(least=0, most=HEAVIEST_TREE_MG, default=0)


class FailIn(TreeSeen):
    note = Words(max_length=1000)


class Waiting(APIView):
    """Bags that wait for a pour, by alloy and hour due."""

    permission_classes = [FURNACE]

    @extend_schema(responses=WaitingOut(many=True))
    def get(self, request: Request) -> Response:
        return Response(WaitingOut(waiting(_workshop()), many=True).data)


class Trees(generics.ListAPIView[Tree]):
    """Trees, newest first; put bags that wait on a new one."""

    permission_classes = [FURNACE]
    serializer_class = TreeOut

    def get_queryset(self) -> Any:
        return Tree.objects.for_user(self.request.user).prefetch_related("places", "charges__lot")

    @extend_schema(request=PlanIn, responses={201: TreeOut})
    @once_api
    def post(self, request: Request) -> Response:
        asked = set(read(PlanIn, request.data)["operations"])
        rows = list(Operation.objects.filter(pk__in=asked, craft="cast").select_related("ticket"))
        if lost := sorted(asked - {row.pk for row in rows}):
            raise serializers.ValidationError({"operations": [f"{lost[0]} is no casting that waits."]})
        with refusing(*REFUSALS):
            tree = actions.plan_tree(site=_workshop(), operations=rows, on=timezone.localdate(), by=person(request))
        return Response(TreeOut(tree).data, status=201)


class OneTree(generics.RetrieveAPIView[Tree]):
    """One tree."""

    permission_classes = [FURNACE]
    serializer_class = TreeOut
    lookup_field = "number"

    def get_queryset(self) -> Any:
        return Tree.objects.for_user(self.request.user).prefetch_related("places", "charges__lot")


class AtTree(Act):
    """The next step of a tree."""

    permission_classes = [FURNACE]
    takes, gives, refusals = TreeSeen, TreeOut, REFUSALS

    def act(self, said: dict[str, Any], **named: Any) -> Tree:
        tree = get_object_or_404(Tree.objects.for_user(self.by).select_related("site"), number=named["number"])
        tree.as_shown(said.get("state", tree.state))
        self.do(tree, said)
        return Tree.objects.get(pk=tree.pk)

    @abstractmethod
    def do(self, tree: Tree, said: dict[str, Any]) -> None:
        """The step itself."""


class Build(AtTree):
    """Weigh the wax: the tree with its base, and each ticket's patterns. The charge is worked out."""

    takes = BuildIn

    def do(self, tree: Tree, said: dict[str, Any]) -> None:
        patterns = _once_each("patterns", "ticket", said["patterns"])
        actions.build_tree(
            tree=tree, patterns_mg={row["ticket"]: row["pattern_mg"] for row in patterns}, tree_mg=said["tree_mg"],
            base_mg=said["base_mg"], flask=said["flask"], by=self.by,
        )  # fmt: skip


class Charge(AtTree):
    """Issue metal: so much of each lot, and of the alloy's clean returns."""

    takes = ChargeIn

    def do(self, tree: Tree, said: dict[str, Any]) -> None:
        lots = {row["lot"]: row["gross_mg"] for row in _once_each("lots", "lot", said["lots"])}
        actions.charge_tree(tree=tree, lots=lots, returns_mg=said["returns_mg"], by=self.by)


class Pour(AtTree):
    """The metal is in the flask. Temperatures in °C, as measured."""

    takes = PourIn

    def do(self, tree: Tree, said: dict[str, Any]) -> None:
        actions.pour(tree=tree, flask_c=said["flask_c"], pour_c=said["pour_c"], at=timezone.now(), by=self.by)


class Back(AtTree):
    """Weigh back: each ticket's pieces, sprue and button, clean scrap. What is missing is the loss."""

    takes = BackIn

    def do(self, tree: Tree, said: dict[str, Any]) -> None:
        pieces = _once_each("pieces", "ticket", said["pieces"])
        actions.weigh_back(
            tree=tree, outcome={row["ticket"]: Outcome(row["pieces"], row["cast_mg"]) for row in pieces},
            sprue_and_button_mg=said["sprue_and_button_mg"], scrap_mg=said["scrap_mg"], by=self.by,
            witness=BackIn.signer(said, self.request),
        )  # fmt: skip


class Fail(AtTree):
    """The pour or the cast failed: all its metal goes to the returns, its bags wait for another tree."""

    takes = FailIn

    def do(self, tree: Tree, said: dict[str, Any]) -> None:
        actions.fail_tree(tree=tree, note=said["note"], by=self.by)


class Cancel(AtTree):
    """Take it apart before any metal was issued."""

    def do(self, tree: Tree, said: dict[str, Any]) -> None:
        actions.cancel_tree(tree=tree, by=self.by)


def _workshop() -> Site:
    """The house's first workshop: where the furnace stands."""
    site = Site.objects.workshops().first()
    if site is None:
        raise Http404
    return site


def _once_each(field: str, name: str, rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """The rows as they were sent. Refuses one that is named twice: which of the two is meant, nobody knows."""
    named = [row[name] for row in rows]
    if twice := next((one for one in named if named.count(one) > 1), None):
        raise serializers.ValidationError({field: [f"{twice} stands here twice."]})
    return rows


ACTS = {"build": Build, "charge": Charge, "pour": Pour, "back": Back, "fail": Fail, "cancel": Cancel}
routes = [
    path("casting/waiting/", Waiting.as_view(), name="api_casting_waiting"),
    path("trees/", Trees.as_view(), name="api_trees"),
    path("trees/<str:number>/", OneTree.as_view(), name="api_tree"),
    *(path(f"trees/<str:number>/{act}/", view.as_view(), name=f"api_tree_{act}") for act, view in ACTS.items()),
]
