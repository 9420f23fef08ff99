"""Rooms: a wall leads, seats follow and answer. The store of their events, the state computed from these, and the
clients that follow each room in this process.
"""
