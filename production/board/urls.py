from django.urls import path

from production.board.views import bench, board, casting, designs, load, losses, metal, quality, shapes

app_name = "board"
urlpatterns = [
    path("workshop/", board.board, name="board"),
    path("workshop/mine/", board.mine, name="mine"),
    path("workshop/casting/", casting.casting, name="casting"),
    path("workshop/casting/plan/", casting.plan, name="plan"),
    path("workshop/trees/<str:number>/", casting.tree, name="tree"),
    *(
        path(f"workshop/trees/<str:number>/{what}/", casting.act, {"what": what}, name=f"tree_{what}")
        for what in casting.ACTS
    ),
    path("workshop/quality/", quality.quality, name="quality"),
    path("workshop/metal/", metal.metal, name="metal"),
    path("workshop/metal/received/", metal.received, name="metal_received"),
    path("workshop/load/", load.load, name="load"),
    path("workshop/load/<int:pk>/", load.capacity, name="capacity"),
    path("workshop/load/times/<int:pk>/new/", load.new_slot, name="new_slot"),
    path("workshop/load/times/<int:pk>/drop/", load.drop_slot, name="drop_slot"),
    path("office/fixings/", metal.fixings, name="fixings"),
    path("workshop/<str:number>/", bench.ticket, name="ticket"),
    path("workshop/<str:number>/model/", shapes.model, name="model"),
    path("workshop/<str:number>/drawing/", shapes.drawing, name="drawing"),
    path("workshop/<str:number>/files/<slug:kind>/", shapes.file, name="file"),
    path("workshop/<str:number>/design/", designs.design, name="design"),
    path("workshop/<str:number>/inspect/", quality.inspect, name="inspect"),
    path("workshop/<str:number>/stone-gone/", losses.report, name="stone_gone"),
    *(
        path(f"workshop/<str:number>/losses/<int:loss>/{how}/", losses.end, {"how": how}, name=f"loss_{how}")
        for how in losses.ENDS
    ),
    *(path(f"workshop/<str:number>/{what}/", bench.act, {"what": what}, name=f"ticket_{what}") for what in bench.ACTS),
]
